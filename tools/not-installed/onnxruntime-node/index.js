throw new Error(
  "onnxruntime-node is not installed: Second Look runs its models in the browser only (tools/not-installed/README.md)",
);
