"""What the numbers mean: the pages of the workbench, each subject in a folder of its own."""
