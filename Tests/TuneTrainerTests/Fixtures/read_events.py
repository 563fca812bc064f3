"""Prints what TensorBoard's own reader finds in a directory of event files, as JSON."""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

reader = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "tensors": 0})
reader.Reload()
scalars = [
    {"tag": tag, "step": event.step, "value": event.value, "time": event.wall_time}
    for tag in reader.Tags()["scalars"]
    for event in reader.Scalars(tag)
]
texts = {
    tag: reader.Tensors(tag)[0].tensor_proto.string_val[0].decode()
    for tag in reader.Tags()["tensors"]
    if reader.summary_metadata[tag].plugin_data.plugin_name == "text"
}
print(json.dumps({"scalars": scalars, "texts": texts}))
