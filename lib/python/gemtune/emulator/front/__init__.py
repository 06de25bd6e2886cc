"""What stands before every service: who may call, how a call is read, what is published of it."""
