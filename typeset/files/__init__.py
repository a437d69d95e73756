"""All access to the disk.

- ``workspace`` reads the files of a publication, and none outside its folder;
- ``assets`` reads what ships with the package;
- ``output_folder`` finds where a build writes;
- ``atomic_write`` replaces files completely or not at all;
- ``new_files`` writes new files, all of them or none;
- ``disk_cache`` keeps what takes long to make, for later builds;
- ``portable_paths`` and ``slugs`` check and make names of files.
"""

__all__ = ()
