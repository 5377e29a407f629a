import {
	contract,
	type ContractError,
	type ContractExample,
	type ContractMethod,
	type ContractParameter,
} from './contract';

/** One thing that the contract says, and that can be true or false of the sandbox. */
export interface Fact {
	/** What it is about: a method, an event, or a chapter such as "OAuth". */
	subject: string;
	/** Unique within its subject. */
	id: string;
	text: string;
	method?: ContractMethod;
	parameter?: ContractParameter;
	error?: ContractError;
	example?: ContractExample;
}

/** Takes every fact out of the contract. */
export function allFacts(): Fact[] {
	return [...contract.methods.flatMap(methodFacts), ...eventFacts(), ...chapterFacts()];
}

function methodFacts(method: ContractMethod): Fact[] {
	const facts: Fact[] = [];
	const add = (id: string, text: string, more: Partial<Fact> = {}): void => {
		facts.push({ subject: method.method, id, text, method, ...more });
	};
	add('scope', `needs scope ${method.scope}`);
	add(
		'context',
		method.applicationContextOnly === false ? 'works with any authorisation' : "works with an application's token only",
	);
	if (method.params.length > 0)
		add(
			'keys',
			`names of parameters are ${method.paramKeyCase === 'insensitive' ? 'read in any case' : 'case-sensitive'}`,
		);
	if (method.permission !== 'any user') add('permission', method.permission);
	for (const parameter of method.params) {
		add(`param:${parameter.name}`, `${parameter.required === true ? 'required' : 'optional'} ${parameter.type}`, {
			parameter,
		});
		if (parameter.default !== undefined)
			add(`default:${parameter.name}`, `default ${String(parameter.default)}`, { parameter });
		if (parameter.serverCast !== undefined)
			add(`cast:${parameter.name}`, `cast to ${parameter.serverCast}`, { parameter });
		if (parameter.enum !== undefined)
			add(`enum:${parameter.name}`, `one of ${parameter.enum.join(', ')}`, { parameter });
	}
	if (method.validationOrder) add('order', method.validationOrder.join(', then '));
	add('result', `answers with ${method.result.type}`);
	if (method.result.paged === true) add('paging', 'pages of 50, next and total');
	for (const error of [...method.errors, ...(method.upload?.errors ?? [])])
		add(`error:${error.code ?? '?'}:${error.description ?? error.when}`, error.when, { error });
	for (const [name, text] of Object.entries(method.branches ?? {})) add(`branch:${name}`, text);
	if (method.upload) add('upload:signature', method.upload.signature);
	(method.behaviour ?? []).forEach((text, index) => add(`behaviour:${index + 1}`, text));
	method.examples.forEach((example, index) => add(`example:${index + 1}`, example.note ?? 'example', { example }));
	return facts;
}

function eventFacts(): Fact[] {
	return contract.events.flatMap((event) => [
		{ subject: event.name, id: 'sentTo', text: `sent to ${event.sentTo}` },
		{ subject: event.name, id: 'auth', text: event.authBlock ?? 'auth block' },
		...(event.offline === undefined ? [] : [{ subject: event.name, id: 'offline', text: event.offline }]),
		...(event.delivery === undefined ? [] : [{ subject: event.name, id: 'delivery', text: event.delivery }]),
		...event.data.map((field) => ({ subject: event.name, id: `data:${field.name}`, text: field.type })),
		...event.examples.map((_, index) => ({ subject: event.name, id: `example:${index + 1}`, text: 'example payload' })),
	]);
}

function chapterFacts(): Fact[] {
	const facts: Fact[] = [];
	for (const error of contract.commonErrors)
		facts.push({
			subject: 'Common errors',
			id: `error:${error.code ?? ''}:${error.description ?? ''}`,
			text: error.when,
			error,
		});
	const oauth = contract.oauth.token;
	for (const name of Object.keys(contract.oauth.authorize.redirect.query))
		facts.push({ subject: 'OAuth', id: `redirect:${name}`, text: `the redirect carries ${name}` });
	for (const name of Object.keys(oauth.response))
		facts.push({
			subject: 'OAuth',
			id: `token:${name}`,
			text: `the token answer's ${name}: ${String(oauth.response[name])}`,
		});
	for (const name of ['code', 'access_token', 'refresh_token'])
		facts.push({ subject: 'OAuth', id: `lifetime:${name}`, text: `${name} lives ${String(oauth.lifetimes[name])} s` });
	facts.push(
		{ subject: 'OAuth', id: 'rotation', text: oauth.rotation },
		{ subject: 'OAuth', id: 'layout', text: 'a token begins with its own end' },
	);
	for (const name of Object.keys(oauth.methods))
		facts.push({ subject: 'OAuth', id: `method:${name}`, text: `token endpoint by ${name}` });
	for (const error of oauth.errors)
		facts.push({ subject: 'OAuth', id: `error:${error.code ?? ''}`, text: error.when, error });
	oauth.examples.forEach((example, index) =>
		facts.push({ subject: 'OAuth', id: `example:${index + 1}`, text: 'example', example }),
	);
	const { transport } = contract;
	for (const name of transport.reservedParams.names)
		facts.push({ subject: 'Transport', id: `reserved:${name}`, text: `the method never sees ${name}` });
	transport.requestBody.rules.forEach((text, index) =>
		facts.push({ subject: 'Transport', id: `body:${index + 1}`, text }),
	);
	transport.tokenPlacement.order.forEach((text, index) =>
		facts.push({ subject: 'Transport', id: `token:${index + 1}`, text }),
	);
	transport.urlForms.forEach(({ form }, index) =>
		facts.push({ subject: 'Transport', id: `url:${index + 1}`, text: form }),
	);
	facts.push({ subject: 'Transport', id: 'order', text: transport.checkOrder.join(', then ') });
	for (const id of ['case', 'headers', 'time', 'emptyArray', 'redirect'])
		facts.push({ subject: 'Transport', id, text: CHAPTERS[id] ?? id });
	for (const [id, text] of Object.entries(LIMITS)) facts.push({ subject: 'Limits', id, text });
	for (const [id, text] of Object.entries(DELIVERY)) facts.push({ subject: 'Event delivery', id, text });
	for (const conflict of contract.conflicts)
		facts.push({ subject: 'Conflicts', id: conflict.id, text: conflict.topic });
	return facts;
}

const CHAPTERS: Record<string, string> = {
	case: 'names of methods are read in any case, .json may follow',
	headers: 'headers of an answer',
	time: 'time block of a success, none of a failure',
	emptyArray: 'empty lists and maps are []',
	redirect: 'a portal that moved answers 302',
};

const LIMITS: Record<string, string> = {
	bucket: '50 requests, then 503',
	leak: '2 requests per second leak out',
	operating: '420 s per method and application in ten minutes, then 429',
	batchCounted: 'batch is exempt, its commands are counted',
	quick: 'calls up to 0.1 s are not counted',
	timeout: '60 s per request',
	dedup: 'duplicates within 30 minutes',
	unfinished: 'unfinished calls go after 30 days',
	hops: 'events stop after 7 hops',
};

const DELIVERY: Record<string, string> = {
	sample: 'body with a user',
	sampleWithoutUser: 'body without a user',
	sampleInstall: 'body of ONAPPINSTALL',
	retries: 'never sent twice',
	notInstalled: 'nothing before the application is installed',
	encoding: 'booleans 1 and 0, null and empty lists left out, empty text kept',
	applicationToken: 'application_token is constant',
	slow: 'slow handlers are called less often',
	noServerEndpoint: 'third variant: without server_endpoint',
	offlineRepeats: 'the offline queue keeps one row per event and data',
	userAgent: `sent by ${contract.eventDelivery.userAgent}`,
	dateFinish: contract.eventDelivery.auth.rarely[1] ?? 'date_finish',
	lost: 'lost on demand',
	doubled: 'doubled on demand',
	late: 'late on demand',
	outOfOrder: 'out of order on demand',
};
