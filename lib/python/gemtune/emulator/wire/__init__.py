"""JSON on Google's wire, of whatever message: what is forgiven, and how answers look."""
