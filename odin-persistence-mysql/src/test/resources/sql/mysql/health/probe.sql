update namespace_change_counter
set
  last_sequence = last_sequence
