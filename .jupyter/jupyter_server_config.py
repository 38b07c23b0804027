"""JupyterLab for this repository: notebooks are saved in one form, and results of real people's studies never are."""

from sixphase.running.saving import before_saving

c = get_config()  # noqa: F821
c.FileContentsManager.pre_save_hook = before_saving
