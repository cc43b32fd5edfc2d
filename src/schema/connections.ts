import { ChangeType } from "./ChangeType.ts";
import { DuplicateType } from "./DuplicateType.ts";
import { EntityType } from "./EntityType.ts";
import { JobType } from "./JobType.ts";
import { ModelType } from "./ModelType.ts";
import { makeConnection } from "./makeConnection.ts";
import { ProposalType } from "./ProposalType.ts";
import { RelationType } from "./RelationType.ts";
import { TripleType } from "./TripleType.ts";

export const EntityConnectionType = makeConnection("Entity", () => EntityType);
export const RelationConnectionType = makeConnection("Relation", () => RelationType);
export const TripleConnectionType = makeConnection("Triple", () => TripleType);
export const ChangeConnectionType = makeConnection("Change", () => ChangeType);
export const DuplicateConnectionType = makeConnection("Duplicate", () => DuplicateType);
export const JobConnectionType = makeConnection("Job", () => JobType);
export const ModelConnectionType = makeConnection("Model", () => ModelType);
export const ProposalConnectionType = makeConnection("Proposal", () => ProposalType);
