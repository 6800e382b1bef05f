"""The connection to Redis, for those who have one."""

from functools import lru_cache

from redis import Redis

from pet_app.core.settings import settings

PATIENCE_S = 2.0


@lru_cache
def redis() -> Redis | None:
    """A client of this process's own, or None when the shop runs without Redis."""
    url = settings().redis_url
    if url is None:
        return None
    return Redis.from_url(url, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S)


def close() -> None:
    """Close the connections; the next use opens what the settings then name."""
    if redis.cache_info().currsize:
        client = redis()
        if client is not None:
            client.close()
    redis.cache_clear()
