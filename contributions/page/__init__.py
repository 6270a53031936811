"""Pages of the questionnaire are made once by their templates, then filled with what each visitor has answered."""
