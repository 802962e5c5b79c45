"""Evaluation: known questions, what is measured, and the report. Uses only the public shapes.

questions, squad, beir   read question sets and collections from files
places, gold             tie gold answers to the text, and tell when it was edited
metrics, citations       judge one answer
runner, outcome          ask every question and keep one `Outcome` each
blame, account           put each failed question down to one cause, and tell it
summary, intervals       sum outcomes up, and say how far that may be off
calibration, latency     what confidences are worth, how long stages take
report, record           all of it together, written and read as JSON
compare, compare_table   two reports beside each other
thresholds, table        compare with the floors, print
gate, writing            what a run is held against, and where its report goes
command                  all of the above, as `qa eval` runs it
sweep, remembering       try policies on the questions that are for choosing
suggest, dialogue        help people to make questions
feedback_entries,
from_feedback            make questions of what people thought of answers
given                    SQuAD with the paragraph given
ranking, retrieval       measure rankings, compare fusions of the two retrievers
side_by_side             the retrievers and their fusion on one collection
reading, abstention      measure a reader and its threshold; best_sentence is the baseline
"""
