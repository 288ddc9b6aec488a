"""Lets LocalStack 4.13, which requires features of Python 3.12 and 3.13, run on 3.11 and 3.12. Loaded whenever the interpreter starts."""

import sys

if sys.version_info < (3, 13):
    # Before 3.13 `threading.Lock` is a function, and `Lock | None` in an annotation fails.
    import _thread
    import threading

    class _LockType(type):
        def __call__(cls):
            return _thread.allocate_lock()

        def __instancecheck__(cls, instance):
            return isinstance(instance, _thread.LockType)

    threading.Lock = _LockType("Lock", (), {})

if sys.version_info < (3, 12):
    # Before 3.12 `uuid.uuid5` doesn't accept bytes as a name, but KMS's CreateKey passes them.
    import hashlib
    import uuid

    _uuid5 = uuid.uuid5

    def _uuid5_of_bytes(namespace, name):
        if isinstance(name, str):
            return _uuid5(namespace, name)
        return uuid.UUID(bytes=hashlib.sha1(namespace.bytes + name).digest()[:16], version=5)

    uuid.uuid5 = _uuid5_of_bytes
