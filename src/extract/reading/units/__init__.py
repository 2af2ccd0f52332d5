"""Posts of a live blog and stories of a digest: articles of their own for dates and pronouns."""
