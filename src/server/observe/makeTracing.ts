import {
  type Attributes,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { RequestRecord } from "./RequestRecord.ts";
import type { Exchange, Tracing } from "./Tracing.ts";

const LONGEST_STATEMENT = 2_000;

/** Makes spans with a tracer, in the words of OpenTelemetry's semantic conventions. */
export function makeTracing(tracer: Tracer, close: () => Promise<void>): Tracing {
  const within = <T>(name: string, options: Parameters<Tracer["startSpan"]>[1], work: () => T): T =>
    tracer.startActiveSpan(name, options ?? {}, (span) => endWith(span, work));
  return {
    request({ request, response, record }, work) {
      const route = `/${(request.url ?? "/").split(/[/?]/, 2)[1]}`;
      const parent = propagation.extract(ROOT_CONTEXT, request.headers);
      const attributes = { "http.request.method": request.method, "http.route": route };
      const name = `${request.method} ${route}`;
      return tracer.startActiveSpan(name, { kind: SpanKind.SERVER, attributes }, parent, (span) => {
        record.traceId = span.spanContext().traceId;
        response.once("close", () => endRequest(span, { request, response, record }));
        return work();
      });
    },
    operation: (record, work) =>
      tracer.startActiveSpan("operation", (span) =>
        endWith(span, () => work().finally(() => nameOperation(span, record))),
      ),
    step(name) {
      const span = tracer.startSpan(`graphql.${name}`);
      return () => span.end();
    },
    // There are dozens of sentences: their time is told with the request.
    stage: (stage, work) => (stage === "sentences" ? work() : within(`recommend.${stage}`, {}, work)),
    statement(text, run) {
      if (!trace.getActiveSpan()) return run();
      return within(
        `${firstWord(text)} postgresql`,
        { kind: SpanKind.CLIENT, attributes: describe(text) },
        run,
      );
    },
    close,
  };
}

/** Ends a span with the work that it is about, at once or later. */
function endWith<T>(span: Span, work: () => T): T {
  const fail = (error: unknown) => {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "error" });
    span.end();
  };
  try {
    const result = work();
    if (result instanceof Promise) result.then(() => span.end(), fail);
    else span.end();
    return result;
  } catch (error) {
    fail(error);
    throw error;
  }
}

function endRequest(span: Span, { response, record }: Exchange): void {
  const { statusCode } = response;
  span.setAttributes({ "http.response.status_code": statusCode, "whygraph.request_id": record.id });
  for (const [stage, ms] of Object.entries(record.stages)) span.setAttribute(`whygraph.${stage}_ms`, ms);
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function nameOperation(span: Span, { operation, codes }: RequestRecord): void {
  if (operation) {
    const { kind, name } = operation;
    span.updateName(name === null ? kind : `${kind} ${name}`);
    span.setAttribute("graphql.operation.type", kind);
    if (name !== null) span.setAttribute("graphql.operation.name", name);
  }
  if (codes.size > 0) span.setAttribute("whygraph.error_codes", [...codes]);
}

function describe(text: string): Attributes {
  return { "db.system.name": "postgresql", "db.query.text": text.trim().slice(0, LONGEST_STATEMENT) };
}

function firstWord(text: string): string {
  return /^\s*(\w+)/.exec(text)?.[1].toUpperCase() ?? "SQL";
}
