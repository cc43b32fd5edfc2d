import { DiagLogLevel, diag, trace } from "@opentelemetry/api";
import { DomainError } from "../../errors.ts";
import { makeTracing } from "./makeTracing.ts";
import type { Tracing } from "./Tracing.ts";

const PACKAGES =
  "@opentelemetry/sdk-trace-node, @opentelemetry/exporter-trace-otlp-http and @opentelemetry/resources";

/**
 * Opens the export of traces over OTLP, as HTTP with JSON. The SDK is loaded here and nowhere else; where to, how much
 * and in whose name it reads from the environment itself (OTEL_…). `say` hears what goes wrong with exporting.
 * @throws {DomainError} CONFIGURATION where the SDK was not installed
 */
export async function openTracing(say: (problem: string) => void): Promise<Tracing> {
  const { sdk, exporter, resources } = await loadSdk();
  const quiet = () => undefined;
  diag.setLogger(
    { error: say, warn: say, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const own = resources.resourceFromAttributes({ "service.name": "whygraph" });
  const provider = new sdk.NodeTracerProvider({
    resource: own.merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor(new exporter.OTLPTraceExporter())],
  });
  provider.register(); // the context follows asynchronous calls from now on
  return makeTracing(trace.getTracer("whygraph"), () => provider.shutdown());
}

async function loadSdk() {
  try {
    const [sdk, exporter, resources] = await Promise.all([
      import("@opentelemetry/sdk-trace-node"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
    ]);
    return { sdk, exporter, resources };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DomainError(
      "CONFIGURATION",
      `traces are to be exported, but OpenTelemetry's SDK cannot be loaded: ${reason}; expected ${PACKAGES} to be installed`,
    );
  }
}
