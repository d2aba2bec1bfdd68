"""What a person may do with assessments, each operation checked and saved at once."""
