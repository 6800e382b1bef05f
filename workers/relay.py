"""The relay from the database to the broker: `python -m workers.relay`; two are safer than one."""

from workers.process import relay

if __name__ == "__main__":
    relay()
