"""Which of our entities other data sets speak of: proposals, judgements, and what the sources then say."""
