"""Reads SunSpec with pymodbus, a peer that is not ours: port unit -> JSON of the marker, the models and model 103 or 203."""
import json
import sys

from pymodbus.client import ModbusTcpClient

port, unit = int(sys.argv[1]), int(sys.argv[2])
client = ModbusTcpClient("127.0.0.1", port=port, timeout=3)


def read(address, count):
    reply = client.read_holding_registers(address, count, slave=unit)
    if reply.isError():
        raise SystemExit(f"{address}+{count}: {reply}")
    return reply.registers


models = {}
address = 40002
marker = read(40000, 2)
while True:
    model, length = read(address, 2)
    if model == 0xFFFF:
        break
    models[model] = read(address, length + 2)
    address += length + 2
client.close()
print(json.dumps({"marker": marker, "models": models}))
