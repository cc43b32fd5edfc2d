// The native bindings are optional: where they cannot be installed the types must be known all the same.
declare module "@tensorflow/tfjs-node" {
  const binding: { readonly version: { readonly "tfjs-node": string } };
  export default binding;
}
declare module "@tensorflow/tfjs-node-gpu" {
  const binding: { readonly version: { readonly "tfjs-node": string } };
  export default binding;
}
