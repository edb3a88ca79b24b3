"""Chainrule: notebooks that teach backpropagation, and a grader that can be trusted with them."""
