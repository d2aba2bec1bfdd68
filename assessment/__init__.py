"""Assessment: questionnaire, answers, scoring, diagnosis."""
