# `await` in a cell, as notebooks allow it.

# %% before="mean"
import asyncio
await asyncio.sleep(0)
async def later():
    return 3
x = await later()
