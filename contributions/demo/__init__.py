"""The demo's contributions: invented words on real questions. Imported by the app's `ready()`."""

from assises.accounts.demo import add_step
from contributions.demo.fill import fill_contributions
from contributions.demo.states import fill_states

add_step("Contributions")(fill_contributions)
add_step("Organismes et réclamations")(fill_states)
