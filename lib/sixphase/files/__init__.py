"""Our own files: the study folder, read and written.

One format, one module; each can both read and write. Every reader takes a list and puts there the `Problem`s
it finds, so that a person sees all of them at once. Only acts of a person are written, and only through `durable`.
"""

from .additions import add_attributes, add_interviews, settle
from .board_jsonl import append_move
from .codings_jsonl import append_coding, append_codings, append_quotation, withdraw_coding
from .desk_acts import Refused
from .definitions_jsonl import append_definition
from .desks import Desk, desk
from .judgements import append_card_sort, append_dimension, append_hold, append_power
from .key_list import read_key, write_key
from .matrix_jsonl import append_chart, append_summary
from .names_desks import NamesDesk, names_desk
from .pseudonyms import replace_names
from .new_versions import leave_unplaced, place_coding, to_review
from .records_jsonl import append_decision, append_reading, append_review
from .studies import check_study, new_study, open_study
from .timestamps_csv import timestamps
from .whole_projects import add_project
from .withdrawing import withdraw
from .yaml_files import set_relations

__all__ = ["Desk", "NamesDesk", "Refused", "add_attributes", "add_interviews", "add_project", "append_card_sort", "append_chart", "append_coding", "append_codings", "append_decision", "append_definition", "append_dimension", "append_hold", "append_move",
           "append_power", "append_quotation", "append_reading", "append_review", "append_summary", "check_study", "desk", "leave_unplaced", "names_desk", "new_study", "open_study",
           "place_coding", "read_key", "replace_names", "set_relations", "timestamps", "to_review", "withdraw", "withdraw_coding", "write_key"]
