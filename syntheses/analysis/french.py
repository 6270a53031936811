"""What French says without meaning anything by it, and what its grammar hides. All folded: no accent, no capital."""

import re

STOP = frozenset(
    """
    le la les un une des du de au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
    je tu il elle on nous vous ils elles me te se lui y en moi toi soi eux qui que quoi dont ou lequel laquelle lesquels
    lesquelles auquel duquel et or ni car donc dans par sur sous vers chez entre pendant depuis des lors afin avec
    ainsi alors aussi comme puis ensuite enfin cela ca ceci celui celle ceux celles ci la ici est es suis sont etre ete
    etait etaient sera seront serait seraient soit soient sommes etes fut etant ai as a avons avez ont avoir eu avait
    avaient aura auront aurait auraient ait aient ayant fait faire fais font faites fera ferait fasse tres trop si bien
    tout toute tous toutes meme memes autre autres quelque quelques chaque plusieurs certains certaines quand lorsque
    puisque parce cause car pourquoi comment combien quel quelle quels quelles peut peux peuvent pouvoir pourrait
    pourraient doit doivent devoir devrait devraient va vais vont aller allons allez etc ex cad aujourd hui qu jusqu
    lorsqu puisqu quoiqu encore deja toujours souvent parfois surtout notamment egalement vraiment assez peu beaucoup
    environ presque plutot cependant toutefois pourtant neanmoins mais ne n c d j l m s t deux fois mettre mise met
    fait faits dire dit chose choses facon maniere niveau sein cas point general afin lorsqu via voir avoir aupres hors
    """.split()  # noqa: SIM905 (a list of words reads better as words)
) - {"bien", "autre", "autres", "hors", "trop", "si", "mais", "fait", "la"} | {"la", "fait"}

# Small words that bear a stance: kept, each under one form, and worth less than other words.
LIGHT = {
    "pas": "pas",
    "non": "non",
    "oui": "oui",
    "ouais": "oui",
    "plus": "plus",
    "moins": "moins",
    "sans": "sans",
    "contre": "contre",
    "pour": "pour",
    "jamais": "jamais",
    "rien": "rien",
    "aucun": "aucun",
    "aucune": "aucun",
    "aucuns": "aucun",
    "aucunes": "aucun",
    "mais": "mais",
    "si": "si",
    "trop": "trop",
    "bien": "bien",
    "autre": "autre",
    "autres": "autre",
    "hors": "hors",
}

# What opens and closes a message, and how people say that they have an opinion: of a folded text.
BOILERPLATE = re.compile(
    r"\b(?:bonjour|bonsoir|madame|monsieur|messieurs|mesdames|m le prefet|merci(?: d avance| de (?:nous|votre) \w+)?|"
    r"cordialement|bien a vous|salutations(?: distinguees)?|je vous prie d agreer[^.]*|veuillez agreer[^.]*|"
    r"je (?:pense|trouve|crois|constate|remarque|propose|souhaite|souhaiterais|voudrais|suggere)(?: que| qu)?|"
    r"il (?:faut|faudrait|conviendrait|serait (?:bien|bon|souhaitable))(?: que| de| qu)?|a mon (?:avis|sens)|"
    r"selon moi|il me semble(?: que| qu)?|force est de constater(?: que| qu)?)\b"
)

# Words of the same phrases, for texts that are read as a bag.
SAYS_NOTHING = frozenset(
    """
    bonjour bonsoir madame monsieur messieurs mesdames cordialement salutations veuillez agreer distinguees
    pense penser trouve trouver crois croire constate constater remarque remarquer propose proposer proposition
    propositions souhaite souhaiter souhaiterais voudrais voudrait suggere suggerer faut faudrait falloir conviendrait
    semble avis serait souhaitable faudra devons svp sinon ainsi merci
    """.split()  # noqa: SIM905
) - {"avis", "merci"}
VAGUE = frozenset(
    """
    apres durant malgre sauf grace parmi selon concernant actuellement aujourd reellement uniquement ans an
    annees annee puisse puissent devra devront pourra pourront pourrons pouvons veut veulent voulons existe
    permet permettrait voici tant autant telle tel tels telles faite faisant mis mises prise pris prenne tenu
    issue liee liees grande grand grands grandes premier premiere dernier derniere https http www fr com html
    org pdf question situation nombreux nombreuses  differents differentes certain trois quatre
    cinq encore
    """.split()  # noqa: SIM905
)
STOP = STOP | SAYS_NOTHING | VAGUE

FORMS = """
battr: bat bats battent battait battaient battu battue battus battues battre battant
frapp: frappe frappent frapper frappait frappee
voir: voit voient vois voyait voyons verra
vien: vient viennent venir venu venue viens viendra
part: part parte partent partir
recev: recoit recoivent recu recue recus recevoir reception
craind: craint craignent craindre crainte
eteind: eteint eteints eteinte eteindre eteignent eteindr extinction
conduir: conduit conduisent conduire conducteur conducteurs conduite
detruir: detruit detruisent detruire destruction
construir: construit construire construction
satisf: satisfait satisfaits satisfaite satisfaites satisfaction satisfaisant satisfaire
vol: vol vols vole voles volee volees voler volent voleur voleurs voleuse
vid: vide vides vider videe
oeil: yeux oeil
euro: euro euros
mal: mal mauvais mauvaise
police: police policier policiers policiere policieres polices
gendarm: gendarme gendarmes gendarmerie gendarmeries
camer: camera cameras
delai: delai delais
violen: violence violences violent violents violente violentes violemment
viol: viol viols violer violeur violeurs violee
cher: cher chere chers cheres
peur: peur peurs
elu: elu elus elue elues
bus: bus
mort: mort morts morte mortes mourir meurt
jeun: jeune jeunes jeunesse jeunot
ferm: ferme fermes fermer fermee fermees fermeture fermetures fermeront fermait
fermet: fermete
impot: impot impots
impos: imposer imposition impose imposee imposes
loi: loi lois
parent: parent parents
paren: parentalite
soir: soir soirs soiree soirees
nuit: nuit nuits nocturne nocturnes nuitamment
velo: velo velos
rural: rural rurale ruraux rurales ruralite
local: local locale locaux locales
social: social sociale sociaux sociales
municipal: municipal municipale municipaux municipales municipalite
mairie: mairie mairies
maire: maire maires
present: present presents presente presentes presence presences
absent: absent absents absente absence
urgenc: urgence urgences urgent urgente
former: former formes formee formees forme formateur formateurs formations formation
eleve: ecolier ecoliers ecoliere lyceen lyceens collegien collegiens
"""
FORMED = {form: line.split(":")[0] for line in FORMS.strip().split("\n") for form in line.split(":")[1].split()}

# Words that look like a family and are none: `culture` is no `culte`, `transition` no `transit`. Each is its own root.
APART = frozenset(
    """
    attentat autorite avantage bandit batiment commune communication communisme compteur culture culturel
    diplomatie donnee eleve facteur facture ferme generation generaliste habitat identite informatique
    information integration integrisme integrite journal journaliste journee liberal liberalisme loisir loyer
    maternite media mediation mediateur mental mentale nationalite outrage outre partage parti passeur passage
    politesse probite probation profession profit qualite qualification publicite retrait retraite sauvage
    secteur secte separatisme serrure signe transition transit universite universel village ville villa voirie
    volant mere pere armee annee soiree idee entree lycee musee pensee duree tournee allee vallee assemblee
    demarchage demarcheur elevage eleveur general organe experience expert campagne campagnard consommation
    consommateur conseil conseiller station stationnement etat etablissement etage tribune tribunal portable
    portail portique fonction fonctionnaire fonctionnement formation format centre central social societe
    sociaux action actionnaire activite acteur personne personnel contrat contrainte contravention parc
    parcours mesure mesurer marche marcher marchand titre titulaire moyen moyenne temps tempete salarie
    salaire arrete arret arrestation reserve reservation collectif collecte collection collectivite ligne
    ligue cour cours course courrier courriel court traite traitement traitre lieu lieue cite citoyen citation
    adresse adressage radio radar civilite populisme ration raison reseau resident residence president
    presidence point pointe pointage permanence permis permission
    """.split()  # noqa: SIM905
)

# Nouns and adjectives that end like a verb of the third person plural.
IN_ENT = frozenset(
    """
    accident argent parent client present violent urgent prudent imprudent incident different absent recent patient
    talent evident president resident adolescent permanent efficient deficient excellent insolent negligent intelligent
    equivalent frequent innocent content mecontent ardent decent indecent souvent serpent precedent antecedent orient
    inconvenient ingredient emergent divergent indigent contingent sergent regent turbulent virulent imminent pertinent
    continent competent incompetent impotent latent couvent fervent convalescent transparent apparent coherent
    incoherent adherent inherent referent torrent concurrent
    """.split()  # noqa: SIM905
)

# The words themselves last: `cours` is no plural of `cour`, in whatever order the set is read.
IRREGULAR = {word + plural: word for plural in ("s", "") for word in sorted(APART)} | FORMED

# Endings that a stem may still bear, the longest first.
SUFFIXES = (
    "itair", "issement", "atrice", "ateur", "ement", "erie", "euse", "iste", "isme", "ique", "able", "ible", "age",
    "ess", "eur", "ier", "iti", "ait", "ag", "at", "er", "it", "is", "iv", "if", "ur", "el", "al", "e",
)  # fmt: skip
