"""An independent Modbus peer: pymodbus_server.py tcp|rtu ADDRESS UNIT < {"holding": {"40000": 21365}, "input": {}}

Prints "ready PORT" once it answers. ADDRESS is HOST[:PORT] for tcp, a serial port for rtu. A line on stdin
"holding 40083 1500" changes a register.
"""
import asyncio
import json
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server.async_io import ModbusSerialServer, ModbusTcpServer
from pymodbus.transaction import ModbusRtuFramer


def block(words):
    return ModbusSparseDataBlock({int(at): word for at, word in words.items()} or {65535: 0})


async def listen_for_changes(tables):
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        table, at, word = line.decode().split()
        tables[table].setValues(int(at), [int(word)])


async def main():
    mode, address, unit = sys.argv[1], sys.argv[2], int(sys.argv[3])
    image = json.loads(sys.stdin.readline())
    tables = {"holding": block(image.get("holding", {})), "input": block(image.get("input", {}))}
    slave = ModbusSlaveContext(hr=tables["holding"], ir=tables["input"], zero_mode=True)
    context = ModbusServerContext(slaves={unit: slave}, single=False)
    if mode == "tcp":
        host, _, port = address.partition(":")
        server = ModbusTcpServer(context, address=(host, int(port or 0)), allow_reuse_address=True)
        task = asyncio.create_task(server.serve_forever())
        await server.serving
        print("ready", server.server.sockets[0].getsockname()[1], flush=True)
    else:
        server = ModbusSerialServer(context, framer=ModbusRtuFramer, port=address, baudrate=9600)
        await server.start()
        task = asyncio.create_task(server.serve_forever())
        print("ready 0", flush=True)
    await asyncio.gather(task, listen_for_changes(tables))


asyncio.run(main())
