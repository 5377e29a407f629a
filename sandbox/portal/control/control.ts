import type { Core } from '../core';
import { orderCallback } from '../methods/voximplant/voximplant';
import type { LimitSettings } from '../limits/limits';
import type { Fault } from '../faults';
import { issueAccessToken, issueRefreshToken } from '../oauth/tokens';
import { addApplication, addClient, addEmployee } from '../state/company';
import { resetState } from '../state/state';
import type { Application, Client, ClientType, Employee, LiveCall, OutgoingNumber, Settings } from '../state/model';
import { applySwitches, type Switches } from '../switches';
import { dismissCard } from '../telephony/cards';
import { click, type Click } from '../telephony/click';
import { employeeFields } from '../methods/user/fields';
import { installApplication, removeApplication, updateApplication } from './applications';

/** What a person, a page or a test can do to the portal from outside of REST. */
export interface PortalControl {
	/** An employee clicks a number. @throws Refusal when no event can be sent */
	click(click: Click): LiveCall;
	/**
	 * A visitor orders a callback on a line of an application (ONEXTERNALCALLBACKSTART). @throws RangeError on an
	 * unknown line
	 */
	orderCallback(callback: { lineNumber: string; phoneNumber: string; text?: string; userId?: number }): void;
	setSwitch<Name extends keyof Switches>(name: Name, value: Switches[Name]): void;
	/** @throws RangeError on an unknown switch or value */
	setSwitches(changes: Readonly<Record<string, unknown>>): void;
	setSettings(changes: Partial<Settings>): void;
	setLimits(changes: Partial<LimitSettings>): void;
	addFault(fault: Parameters<Core['faults']['add']>[0]): Fault;
	clearFaults(id?: number): void;
	/** Faults that have not struck yet. */
	faults(): Fault[];
	/** Makes access tokens expire now, all or those of one employee. */
	expireTokens(userId?: number): void;
	/** Makes tokens unknown: access tokens, refresh tokens, or both. */
	revokeTokens(kind?: 'access' | 'refresh' | 'both'): void;
	/** Issues tokens for an employee without the browser, for tests. */
	issueTokens(userId?: number, applicationId?: number): { accessToken: string; refreshToken: string };
	/** Changes the first application, or the one with this id. @throws RangeError when there is none */
	setApplication(changes: Partial<Application>): Application;
	addApplication(fields?: Partial<Application>): Application;
	/** Saves the application's form: sends ONAPPINSTALL to its installation address. */
	installApplication(applicationId?: number, userId?: number): void;
	/** A new version of the application: ONAPPUPDATE, and handlers go as C18 says. */
	updateApplication(applicationId?: number): void;
	/** Removes the application with its handlers and lines; ONAPPUNINSTALL. */
	removeApplication(applicationId?: number, clean?: boolean): void;
	/** Chooses the outgoing number of the portal, or of one employee. */
	setDefaultLine(line: OutgoingNumber | null, userId?: number): void;
	/** Adds an employee and sends ONUSERADD. */
	addEmployee(fields?: Partial<Employee>): Employee;
	/** Adds many employees at once, without events, so that lists have several pages. */
	addEmployees(count: number): void;
	/** @throws RangeError when there is none */
	setEmployee(id: number, changes: Partial<Employee>): Employee;
	/** An employee closes a card himself. @throws RangeError when he has none of that call */
	dismissCard(callId: string, userId: number): void;
	addClient(type: ClientType, fields: Partial<Client>): Client;
	/** Gives the portal another address; the old one answers 302. */
	move(host: string): void;
	/** The portal's time in milliseconds since 1970. */
	now(): number;
	/** Milliseconds that the portal's time is ahead of this computer's. */
	ahead(): number;
	/** Moves the portal's time forward. */
	advance(seconds: number): void;
	/** Puts everything back to the start; settings of the first application (id, secret, addresses) stay. */
	reset(): void;
	/** Settles when no delivery and no background work is under way. */
	idle(): Promise<void>;
}

/** Makes the control of a portal. */
export function createControl(core: Core, seed: 'demo' | 'empty', idle: () => Promise<void>): PortalControl {
	const { state, changes, clock } = core;
	const application = (id?: number): Application => {
		const found = id === undefined ? [...state.applications.values()][0] : state.applications.get(id);
		if (!found) throw new RangeError(`There is no application ${id ?? ''}`);
		return found;
	};
	return {
		click: (wanted) => click(core, wanted),
		orderCallback({ lineNumber, phoneNumber, text = 'A callback was ordered on the website', userId = 1 }) {
			const line = state.lines.find((candidate) => candidate.number === lineNumber);
			const employee = state.employees.get(userId);
			if (!line || !employee) throw new RangeError(`There is no line ${lineNumber} or no employee ${userId}`);
			orderCallback(core, { employee, token: null }, line, phoneNumber, text, 'ukenglishfemale', '');
		},
		setSwitch: (name, value) => setSwitches(core, { [name]: value }),
		setSwitches: (wanted) => setSwitches(core, wanted),
		setSettings(wanted) {
			Object.assign(state.settings, wanted);
			changes.tell('settings', 'changed');
		},
		setLimits(wanted) {
			Object.assign(core.limits.settings, wanted);
			changes.tell('limits', 'changed');
		},
		addFault: (fault) => core.faults.add(fault),
		clearFaults: (id) => core.faults.clear(id),
		faults: () => core.faults.list(),
		expireTokens(userId) {
			for (const token of state.accessTokens.values())
				if (userId === undefined || token.userId === userId) token.expiresAt = 0;
			changes.tell('token', 'expired');
		},
		revokeTokens(kind = 'both') {
			if (kind !== 'refresh') state.accessTokens.clear();
			if (kind !== 'access') state.refreshTokens.clear();
			changes.tell('token', 'revoked');
		},
		issueTokens(userId = 1, applicationId) {
			const owner = application(applicationId);
			const access = issueAccessToken(core, owner, userId);
			return { accessToken: access.token, refreshToken: issueRefreshToken(core, owner, access).token };
		},
		setApplication(wanted) {
			const found = application(wanted.id);
			Object.assign(found, wanted);
			changes.tell('application', 'changed', { id: found.id });
			return found;
		},
		addApplication(fields = {}) {
			const added = addApplication(state, fields);
			changes.tell('application', 'added', { id: added.id });
			return added;
		},
		installApplication: (id, userId = 1) => installApplication(core, application(id), userId),
		updateApplication: (id) => updateApplication(core, application(id)),
		removeApplication: (id, clean = false) => removeApplication(core, application(id), clean),
		setDefaultLine(line, userId) {
			if (userId === undefined) state.settings.defaultLine = line;
			else if (line) employee(core, userId).defaultLine = line;
			else delete employee(core, userId).defaultLine;
			changes.tell('settings', 'changed');
		},
		addEmployee(fields = {}) {
			const added = addEmployee(state, fields);
			changes.tell('employee', 'added', { id: added.id });
			core.events.fire({
				event: 'ONUSERADD',
				userId: 1,
				hops: 0,
				connector: '',
				data: employeeFields(core, added, ['user']),
			});
			return added;
		},
		addEmployees(count) {
			for (let index = 0; index < count; index += 1)
				addEmployee(state, { extension: String(1000 + state.employees.size) });
			changes.tell('employee', 'added', { count });
		},
		setEmployee(id, wanted) {
			const found = Object.assign(employee(core, id), wanted);
			changes.tell('employee', 'changed', { id });
			return found;
		},
		dismissCard: (callId, userId) => {
			if (!dismissCard(core, callId, userId)) throw new RangeError('That card is closed already');
		},
		addClient(type, fields) {
			const added = addClient(state, type, fields);
			changes.tell('client', 'created', { type, id: added.id });
			return added;
		},
		move(host) {
			state.settings.formerHosts = [
				...state.settings.formerHosts.filter((former) => former !== host),
				state.settings.host,
			];
			state.settings.host = host;
			changes.tell('settings', 'changed');
		},
		now: () => clock.now(),
		ahead: () => clock.ahead(),
		advance: (seconds) => clock.advance(seconds),
		reset() {
			reset(core, seed);
		},
		idle,
	};
}

function setSwitches(core: Core, wanted: Readonly<Record<string, unknown>>): void {
	applySwitches(core.switches, wanted);
	core.changes.tell('switches', 'changed');
}

function employee(core: Core, id: number): Employee {
	const found = core.state.employees.get(id);
	if (!found) throw new RangeError(`There is no employee ${id}`);
	return found;
}

/** Whoever is connected must be able to go on after a reset, so the application and its tokens stay known. */
function reset(core: Core, seed: 'demo' | 'empty'): void {
	const { state } = core;
	const [first] = state.applications.values();
	const kept = {
		memberId: state.settings.memberId,
		accessTokens: state.accessTokens,
		refreshTokens: state.refreshTokens,
		handlers: state.handlers,
	};
	resetState(state, seed, state.settings.host);
	const [fresh] = state.applications.values();
	if (first && fresh) Object.assign(fresh, { ...first, id: fresh.id });
	state.settings.memberId = kept.memberId;
	Object.assign(state, {
		accessTokens: kept.accessTokens,
		refreshTokens: kept.refreshTokens,
		handlers: kept.handlers.filter((handler) => handler.applicationId === fresh?.id),
	});
	core.faults.clear();
	core.limits.reset();
	core.journal.clear();
	core.changes.tell('reset', 'done');
}
