"""Named fakes: each truly implements its port, and says in its name that it is one."""
