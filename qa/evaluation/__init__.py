"""Evaluation: known questions, what is measured, and the report. Uses only the public shapes.

questions, squad, beir   read question sets and collections from files
metrics, citations       judge one answer
runner                   ask every question and keep one `Outcome` each
report                   sum outcomes up, over all and per kind
thresholds, table        compare with the floors, print
command                  all of the above, as `qa eval` runs it
retrieval                compare fusions of the two retrievers
"""
