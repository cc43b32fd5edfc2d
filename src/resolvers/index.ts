import { AnswerResolver } from "./AnswerResolver.ts";
import { AttributionResolver } from "./AttributionResolver.ts";
import { ChangeResolver } from "./ChangeResolver.ts";
import { ComparisonResolver } from "./ComparisonResolver.ts";
import { CurateEntitiesResolver } from "./CurateEntitiesResolver.ts";
import { CurateRelationsResolver } from "./CurateRelationsResolver.ts";
import { CurateTriplesResolver } from "./CurateTriplesResolver.ts";
import { DuplicateResolver } from "./DuplicateResolver.ts";
import { EntityResolver } from "./EntityResolver.ts";
import { EvidenceResolver } from "./EvidenceResolver.ts";
import { ExplainResolver } from "./ExplainResolver.ts";
import { ExplanationResolver } from "./ExplanationResolver.ts";
import { FederationResolver } from "./FederationResolver.ts";
import { FeedbackResolver } from "./FeedbackResolver.ts";
import { GraphResolver } from "./GraphResolver.ts";
import { ImpactResolver } from "./ImpactResolver.ts";
import { InteractionResolver } from "./InteractionResolver.ts";
import { ItemImpactResolver } from "./ItemImpactResolver.ts";
import { JobResolver } from "./JobResolver.ts";
import { LikelyTripleResolver } from "./LikelyTripleResolver.ts";
import { LiveResolver } from "./LiveResolver.ts";
import { ModelResolver } from "./ModelResolver.ts";
import { NodeResolver } from "./NodeResolver.ts";
import { OperateModelsResolver } from "./OperateModelsResolver.ts";
import { OperateResolver } from "./OperateResolver.ts";
import { PathStepResolver } from "./PathStepResolver.ts";
import { ProposalEndResolver } from "./ProposalEndResolver.ts";
import { ProposalResolver } from "./ProposalResolver.ts";
import { ProposeResolver } from "./ProposeResolver.ts";
import { RecommendationConnectionResolver } from "./RecommendationConnectionResolver.ts";
import { RecommendationResolver } from "./RecommendationResolver.ts";
import { RecommendResolver } from "./RecommendResolver.ts";
import { RelationResolver } from "./RelationResolver.ts";
import { RevertResolver } from "./RevertResolver.ts";
import { ScenarioResolver } from "./ScenarioResolver.ts";
import { ShapeResolver } from "./ShapeResolver.ts";
import { SimilarItemResolver } from "./SimilarItemResolver.ts";
import { TripleResolver } from "./TripleResolver.ts";
import { ValidationResolver } from "./ValidationResolver.ts";
import { ViewerResolver } from "./ViewerResolver.ts";
import { WhyNotResolver } from "./WhyNotResolver.ts";

/** Every resolver class of the schema. */
export const resolvers = [
  AnswerResolver,
  AttributionResolver,
  ChangeResolver,
  ComparisonResolver,
  CurateEntitiesResolver,
  CurateRelationsResolver,
  CurateTriplesResolver,
  DuplicateResolver,
  EntityResolver,
  EvidenceResolver,
  ExplainResolver,
  ExplanationResolver,
  FeedbackResolver,
  GraphResolver,
  ImpactResolver,
  InteractionResolver,
  ItemImpactResolver,
  JobResolver,
  LikelyTripleResolver,
  LiveResolver,
  ModelResolver,
  FederationResolver,
  NodeResolver,
  OperateModelsResolver,
  OperateResolver,
  PathStepResolver,
  ProposalEndResolver,
  ProposalResolver,
  ProposeResolver,
  RecommendationConnectionResolver,
  RecommendationResolver,
  RecommendResolver,
  RelationResolver,
  RevertResolver,
  ScenarioResolver,
  ShapeResolver,
  SimilarItemResolver,
  TripleResolver,
  ValidationResolver,
  ViewerResolver,
  WhyNotResolver,
] as const;
