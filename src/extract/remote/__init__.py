"""The published tables on object storage (`s3://`, `gs://`, `az://`), shared by several machines.

    bucket       objects that are written on a condition: only if they are new, or still as they were read
    lease        who may publish: one writer at a time
    publication  the names of objects, and which publication is the current one
    transfer     push and pull between a folder and object storage; only missing files are copied
    arrivals     files that a pull has fetched so far: the next one goes on with them
    mirror       a folder of this machine in which a run works before it pushes

A run with an address as its output pulls the current publication into a folder of this machine, works there
as in any other folder, and pushes what is new. A local folder as output needs nothing of this.
"""
