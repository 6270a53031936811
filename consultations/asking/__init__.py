"""What is asked: questions, who they are for, and the version that is frozen."""
