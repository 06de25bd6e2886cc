"""The tuning of models: a learner, and how much of its work is to be seen."""
