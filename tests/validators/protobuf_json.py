"""usage: protobuf_json.py DESCRIPTORS MESSAGE DOCUMENT…

Reads each document as the message by python3-protobuf, refuses fields that the message does not have, and prints it as one line of JSON.
DESCRIPTORS is what protoc --descriptor_set_out --include_imports wrote.
"""

import sys
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

descriptors = descriptor_pb2.FileDescriptorSet()
with open(sys.argv[1], "rb") as file:
    descriptors.ParseFromString(file.read())
pool = descriptor_pool.DescriptorPool()
for file in descriptors.file:
    pool.Add(file)
descriptor = pool.FindMessageTypeByName(sys.argv[2])
newer = getattr(message_factory, "GetMessageClass", None)
Message = newer(descriptor) if newer else message_factory.MessageFactory(pool).GetPrototype(descriptor)


def check(message, path):
    for field, value in message.ListFields():
        for item in value if field.label == field.LABEL_REPEATED else [value]:
            if field.message_type:
                check(item, f"{path}.{field.name}")
            elif field.enum_type and item not in field.enum_type.values_by_number:
                sys.exit(f"{path}.{field.name}: {item} is not one of the enumeration")


for name in sys.argv[3:]:
    message = Message()
    with open(name, "rb") as file:
        message.ParseFromString(file.read())
    size = message.ByteSize()
    message.DiscardUnknownFields()
    if message.ByteSize() != size:
        sys.exit(f"{name}: {size - message.ByteSize()} bytes are in fields that {sys.argv[2]} does not have")
    check(message, name)
    print(json_format.MessageToJson(message, indent=None))
