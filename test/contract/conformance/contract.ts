import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A parameter as the contract describes it. */
export interface ContractParameter {
	name: string;
	type: string;
	required?: boolean;
	default?: unknown;
	serverCast?: string;
	enum?: readonly unknown[];
	conflict?: string;
	requiredOneOf?: readonly string[];
	note?: string;
}

export interface ContractError {
	httpStatus: number | null;
	code: string | null;
	description: string | null;
	when: string;
	codeInDocs?: string;
	statusInServer?: number;
	extra?: Record<string, unknown>;
	conflict?: string;
}

export interface ContractExample {
	request: Record<string, unknown> | string;
	response?: Record<string, unknown>;
	httpStatus?: number;
	note?: string;
}

export interface ContractMethod {
	method: string;
	group: string;
	scope: string;
	applicationContextOnly: boolean | 'docs';
	adminOnly: boolean;
	permission: string;
	purpose: string;
	paramKeyCase?: string;
	params: readonly ContractParameter[];
	validationOrder?: readonly string[];
	result: {
		type: string;
		paged?: boolean;
		fields?: Record<string, unknown>;
		oneOf?: readonly Record<string, unknown>[];
	};
	errors: readonly ContractError[];
	behaviour?: readonly string[];
	examples: readonly ContractExample[];
	branches?: Record<string, string>;
	upload?: { errors: readonly ContractError[]; signature: string };
	/** Where the facts are from: pages of Bitrix24's documents, files of its source. */
	refs?: readonly string[];
}

export interface ContractEvent {
	name: string;
	scope: string;
	sentTo: string;
	authBlock?: string;
	/** Whether it was seen in the offline queue. */
	offline?: string;
	/** What is special about its deliveries. */
	delivery?: string;
	data: readonly { name: string; type: string; optional?: boolean; note?: string }[];
	examples: readonly {
		payload: { event: string; data: Record<string, unknown> | unknown[]; auth: Record<string, unknown> };
	}[];
}

/** What the suite reads of the contract. */
export interface Contract {
	conflicts: readonly { id: string; topic: string; docs: string; server?: string; verdict: string }[];
	commonErrors: readonly ContractError[];
	oauth: {
		token: {
			response: Record<string, unknown>;
			rotation: string;
			lifetimes: Record<string, unknown>;
			errors: readonly ContractError[];
			methods: Record<string, string>;
			examples: readonly ContractExample[];
		};
		authorize: { redirect: { query: Record<string, string> } };
	};
	transport: {
		reservedParams: { names: readonly string[] };
		requestBody: { rules: readonly string[] };
		tokenPlacement: { order: readonly string[] };
		checkOrder: readonly string[];
		urlForms: readonly { form: string }[];
	};
	eventDelivery: {
		userAgent: string;
		auth: { rarely: readonly string[] };
		rawSample: { body: string };
		rawSampleWithoutUser: { body: string };
		rawSampleInstall: { body: string };
	};
	methods: readonly ContractMethod[];
	events: readonly ContractEvent[];
}

/** The contract data of this project. */
export const contract = JSON.parse(
	readFileSync(join(__dirname, '../../../contract/bitrix24.json'), 'utf8'),
) as Contract;
