"""The demo's concertations: five that really took place, and one exercise open now. Imported by the app's `ready()`."""

from assises.accounts.demo import add_step
from consultations.demo.now import fill_now
from consultations.demo.past import fill_past

add_step("Concertations passées")(fill_past)
add_step("Exercice en cours")(fill_now)
