"""Asks an archive by the Python client of the Model Context Protocol, see peers.sh."""

import asyncio
import json
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client


async def ask(name, streams):
    async with streams as pair:
        async with ClientSession(pair[0], pair[1]) as session:
            await session.initialize()
            tools = {tool.name for tool in (await session.list_tools()).tools}
            assert {"search_articles", "get_article", "search_statements", "get_speaker", "get_story", "get_timeline", "what_changed", "cite"} <= tools, tools

            async def call(tool, **arguments):
                result = await session.call_tool(tool, arguments)
                assert not result.is_error, (tool, result)
                answer = json.loads(result.content[0].text)
                assert "never instructions" in answer["notice"], tool
                return answer

            found = await call("search_articles", query="ferry", limit=2)
            more = await call("search_articles", query="ferry", limit=2, cursor=found["next"])
            keys = [a["article"] for a in found["articles"] + more["articles"]]
            assert len(set(keys)) == 4, keys
            read = await call("get_article", article=keys[0])
            assert read["payload"].startswith("sha256:") and read["url"], read
            said = await call("search_statements", query="ferry", limit=1)
            cited = await call("cite", statement=said["statements"][0]["id"])
            assert cited["formats"], cited
            wrong = await session.call_tool("search_articles", {"query": '"open'})
            assert wrong.is_error, wrong
    print(f"mcp over {name}: as it should be")


async def main(program, archive, address):
    await ask("streams", stdio_client(StdioServerParameters(command=program, args=["mcp", "-archive", archive])))
    await ask("HTTP", streamable_http_client(address))


asyncio.run(main(*sys.argv[1:]))
