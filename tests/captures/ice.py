#!/usr/bin/python3
"""One side of an ICE session (RFC 8445), as WebRTC sets one up.

    ice.py FOLDER OWN OTHER [controlling]   OWN and OTHER name the sides: what each tells the other stands in files in FOLDER
"""
import asyncio, os, sys
import aioice

folder, own, other = sys.argv[1:4]
controlling = len(sys.argv) > 4


def tell(lines):
    with open(os.path.join(folder, own + '.part'), 'w') as f:
        f.write('\n'.join(lines))
    os.rename(os.path.join(folder, own + '.part'), os.path.join(folder, own))


async def heard():
    path = os.path.join(folder, other)
    while not os.path.exists(path):
        await asyncio.sleep(0.05)
    return open(path).read().split('\n')


async def main():
    connection = aioice.Connection(ice_controlling=controlling)
    await connection.gather_candidates()
    tell([connection.local_username, connection.local_password] + [c.to_sdp() for c in connection.local_candidates])
    connection.remote_username, connection.remote_password, *candidates = await heard()
    for candidate in candidates:
        await connection.add_remote_candidate(aioice.Candidate.from_sdp(candidate))
    await connection.add_remote_candidate(None)
    await connection.connect()
    if controlling:
        await connection.send(b'hello')
        await connection.recv()
    else:
        await connection.send(await connection.recv())
    await asyncio.sleep(0.2)
    await connection.close()

asyncio.run(asyncio.wait_for(main(), 20))
