"""ASSESS: what observations add up to over years and across people, explainably, and unable to read where anybody comes from."""
