"""Other tools' and people's files: transcripts as they arrive, made into ours.

One reader a format, each giving `Arrival`s; `speakers` finds who talks; `importing` shows what was understood and,
once a person accepts it, writes it into the study all at once.
"""
