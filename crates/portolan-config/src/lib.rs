//! What clients call things, and what a pasted documentation says. Filled in next.
