"""All access to the disk.

- ``workspace`` reads a publication's files, and nothing outside of it;
- ``assets`` reads what ships with the package;
- ``output_folder`` says where a build writes;
- ``atomic_write`` writes a result: it is there whole, or as it was before;
- ``new_files`` writes what was not there: all of it or none;
- ``portable_paths`` and ``slugs`` say what a file may be called.
"""

__all__ = ()
