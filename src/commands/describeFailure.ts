import { CommanderError } from "commander";
import { DomainError } from "../errors.ts";

/** What the command line says and returns when a command fails. */
export interface Failure {
  readonly code: string;
  /** One line. */
  readonly message: string;
  /** 1: the command failed; 2: it was called wrongly. */
  readonly exitCode: 1 | 2;
  /** Only for a bug, which must be found. */
  readonly stack?: string;
}

/** Turns whatever a command threw into one line and an exit code. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CommanderError) {
    if (error.code === "commander.help") {
      return { code: "USAGE", message: "no command is given; expected one of those above", exitCode: 2 };
    }
    const message = onOneLine(error.message.replace(/^error: /, ""));
    return { code: "USAGE", message: `${message}; see whygraph help`, exitCode: 2 };
  }
  if (error instanceof DomainError) {
    const exitCode = error.code === "BAD_USER_INPUT" ? 2 : 1;
    return { code: error.code, message: onOneLine(error.message), exitCode };
  }
  const bug = error instanceof Error ? error : new Error(String(error));
  const { message, stack } = bug;
  const { code } = bug as NodeJS.ErrnoException;
  if (code === "57P01" || code === "57P03") {
    const stopped =
      "the database stopped meanwhile, and the command's work in it was undone: run the command again";
    return { code: "UNAVAILABLE", message: stopped, exitCode: 1 };
  }
  return { code: code ?? "INTERNAL", message: onOneLine(message), exitCode: 1, stack };
}

function onOneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}
