import { CreateGraph1700000001000 } from "./1700000001000-create-graph.ts";
import { CreateChange1700000002000 } from "./1700000002000-create-change.ts";
import { CreateInteraction1700000003000 } from "./1700000003000-create-interaction.ts";
import { CreateModel1700000004000 } from "./1700000004000-create-model.ts";
import { CreateAccess1700000005000 } from "./1700000005000-create-access.ts";
import { CreateSearch1700000006000 } from "./1700000006000-create-search.ts";
import { CreateJob1700000007000 } from "./1700000007000-create-job.ts";
import { CreateVector1700000008000 } from "./1700000008000-create-vector.ts";
import { CreateEmbedding1700000009000 } from "./1700000009000-create-embedding.ts";
import { FollowInteractions1700000010000 } from "./1700000010000-follow-interactions.ts";
import { ChainChanges1700000011000 } from "./1700000011000-chain-changes.ts";
import { RevertChanges1700000012000 } from "./1700000012000-revert-changes.ts";
import { RedirectMerged1700000013000 } from "./1700000013000-redirect-merged.ts";
import { CreateShape1700000014000 } from "./1700000014000-create-shape.ts";
import { CreateDistinctPair1700000015000 } from "./1700000015000-create-distinct-pair.ts";
import { CreateProposal1700000016000 } from "./1700000016000-create-proposal.ts";
import { IndexValidity1700000017000 } from "./1700000017000-index-validity.ts";
import { LimitKeys1700000018000 } from "./1700000018000-limit-keys.ts";
import { CreateFeedback1700000019000 } from "./1700000019000-create-feedback.ts";
import { NameUsers1700000020000 } from "./1700000020000-name-users.ts";
import { CreateScenario1700000021000 } from "./1700000021000-create-scenario.ts";
import { CreateAttribution1700000022000 } from "./1700000022000-create-attribution.ts";
import { QuickenChanges1700000023000 } from "./1700000023000-quicken-changes.ts";
import { NameUsersOfFeedback1700000024000 } from "./1700000024000-name-users-of-feedback.ts";

/** Every migration, oldest first. Append only: a published migration never changes. */
export const migrations = [
  CreateGraph1700000001000,
  CreateChange1700000002000,
  CreateInteraction1700000003000,
  CreateModel1700000004000,
  CreateAccess1700000005000,
  CreateSearch1700000006000,
  CreateJob1700000007000,
  CreateVector1700000008000,
  CreateEmbedding1700000009000,
  FollowInteractions1700000010000,
  ChainChanges1700000011000,
  RevertChanges1700000012000,
  RedirectMerged1700000013000,
  CreateShape1700000014000,
  CreateDistinctPair1700000015000,
  CreateProposal1700000016000,
  IndexValidity1700000017000,
  LimitKeys1700000018000,
  CreateFeedback1700000019000,
  NameUsers1700000020000,
  CreateScenario1700000021000,
  CreateAttribution1700000022000,
  QuickenChanges1700000023000,
  NameUsersOfFeedback1700000024000,
];
