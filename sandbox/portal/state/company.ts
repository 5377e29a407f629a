import { digits, hex, nextId } from './ids';
import type { Application, Client, ClientType, Employee, PortalState, Rights } from './model';

const ALL_RIGHTS: Rights = { callDetail: 'all', outgoingCall: true, manageNumbers: true, crm: true };
const USUAL_RIGHTS: Rights = { callDetail: 'own', outgoingCall: true, manageNumbers: false, crm: true };
const NO_RIGHTS: Rights = { callDetail: 'none', outgoingCall: false, manageNumbers: false, crm: false };

/** Fills in what a new employee has unless said otherwise, and gives him the next id. */
export function addEmployee(state: PortalState, fields: Partial<Omit<Employee, 'id'>>): Employee {
	const id = nextId(state, 'employee');
	const employee: Employee = {
		id,
		active: true,
		isAdmin: false,
		firstName: `Employee ${id}`,
		lastName: '',
		email: `employee${id}@harbour-pine.example`,
		position: '',
		gender: '',
		extension: '',
		workPhone: '',
		mobile: '',
		department: 'Sales',
		timeman: 'OPENED',
		type: 'employee',
		rights: { ...USUAL_RIGHTS },
		...fields,
	};
	state.employees.set(id, employee);
	return employee;
}

/** Adds a CRM client and gives it the next id of its type. */
export function addClient(state: PortalState, type: ClientType, fields: Partial<Omit<Client, 'id' | 'type'>>): Client {
	const id = nextId(state, type.toLowerCase());
	const client: Client = { type, id, name: '', title: '', phones: [], assignedById: 1, ...fields };
	state.clients.push(client);
	return client;
}

/**
 * Adds an application. Unless said otherwise it is a local one without UI, hence installed at once.
 * [D local-integrations/serverside-local-app-with-no-ui.md]
 */
export function addApplication(state: PortalState, fields: Partial<Omit<Application, 'id'>>): Application {
	const application: Application = {
		id: nextId(state, 'application'),
		name: 'PBX connector',
		clientId: `local.${hex(14)}.${digits(8)}`,
		clientSecret: hex(50),
		handlerUrl: '',
		installUrl: '',
		scopes: ['crm', 'telephony', 'user', 'call'],
		installed: true,
		active: true,
		status: 'L',
		dateFinish: null,
		paymentExpired: false,
		version: 1,
		applicationToken: hex(32),
		allowedUsers: [],
		...fields,
	};
	state.applications.set(application.id, application);
	return application;
}

/** Adds the people, the clients and the application that a portal starts with. */
export function seedCompany(state: PortalState, seed: 'demo' | 'empty'): void {
	addEmployee(state, {
		isAdmin: true,
		firstName: 'Anna',
		lastName: 'Vogel',
		email: 'anna.vogel@harbour-pine.example',
		position: 'Managing director',
		gender: 'F',
		extension: '101',
		workPhone: '+494066969101',
		mobile: '+491523990101',
		department: 'Management',
		rights: { ...ALL_RIGHTS },
	});
	const application = addApplication(state, {});
	state.settings.defaultLine = { applicationId: application.id, lineNumber: '' };
	state.webhooks.push({
		id: nextId(state, 'webhook'),
		userId: 1,
		code: hex(16),
		scopes: ['crm', 'telephony', 'user', 'call'],
	});
	if (seed === 'empty') return;
	seedPeople(state);
	seedClients(state);
	state.lines.push(
		{
			id: nextId(state, 'line'),
			applicationId: application.id,
			number: '+4940669690',
			name: 'Head office',
			crmAutoCreate: true,
			createdSilently: false,
		},
		{
			id: nextId(state, 'line'),
			applicationId: application.id,
			number: '+442079460500',
			name: 'London showroom',
			crmAutoCreate: false,
			createdSilently: false,
		},
	);
	state.callLists.push({
		id: nextId(state, 'callList'),
		createdAt: Date.UTC(2026, 2, 2, 8, 30),
		createdById: 1,
		webformId: 1,
		entityType: 'CONTACT',
		entityIds: [1, 3, 4],
	});
}

function seedPeople(state: PortalState): void {
	const at = (name: string): string => `${name}@harbour-pine.example`;
	addEmployee(state, {
		firstName: 'Ben',
		lastName: 'Carter',
		email: at('ben.carter'),
		position: 'Sales',
		gender: 'M',
		extension: '102',
		workPhone: '+494066969102',
		mobile: '+491523990102',
	});
	addEmployee(state, {
		firstName: 'Chiara',
		lastName: 'Rossi',
		email: at('chiara.rossi'),
		position: 'Sales',
		gender: 'F',
		extension: '103',
		workPhone: '+494066969103',
		timeman: 'PAUSED',
	});
	addEmployee(state, {
		firstName: 'David',
		lastName: 'Okafor',
		email: at('david.okafor'),
		position: 'Service technician',
		gender: 'M',
		extension: '104',
		mobile: '+491523990104',
		department: 'Service',
		timeman: 'CLOSED',
	});
	addEmployee(state, {
		firstName: 'Eva',
		lastName: 'Lindqvist',
		email: at('eva.lindqvist'),
		position: 'Apprentice',
		gender: 'F',
		extension: '105',
		department: 'Service',
		rights: { ...NO_RIGHTS },
	});
	addEmployee(state, {
		active: false,
		firstName: 'Frank',
		lastName: 'Moreau',
		email: at('frank.moreau'),
		position: 'Sales (left in May)',
		gender: 'M',
		extension: '106',
		timeman: 'CLOSED',
	});
	addEmployee(state, {
		firstName: 'Grace',
		lastName: 'Kim',
		email: at('grace.kim'),
		position: 'Bookkeeping',
		gender: 'F',
		department: 'Management',
		workPhone: '+494066969107',
	});
}

function seedClients(state: PortalState): void {
	addClient(state, 'CONTACT', {
		name: 'Julia Sommer',
		title: 'Interior architect',
		phones: ['+494066969441'],
		assignedById: 2,
	});
	addClient(state, 'CONTACT', {
		name: 'Thomas Weber',
		title: 'Purchasing, Elbe Hotels',
		phones: ['+49 40 66969-442', '+491523990442'],
		assignedById: 2,
	});
	addClient(state, 'CONTACT', {
		name: 'Sarah Bennett',
		title: 'Private customer',
		phones: ['+442079460111'],
		assignedById: 3,
	});
	addClient(state, 'CONTACT', {
		name: 'Miguel Torres',
		title: 'Site manager',
		phones: ['+12025550143'],
		assignedById: 3,
	});
	addClient(state, 'CONTACT', {
		name: 'Lena Fischer',
		title: 'Private customer',
		phones: ['+493023125077;12'],
		assignedById: 4,
	});
	addClient(state, 'COMPANY', {
		name: 'Elbe Hotels GmbH',
		title: 'Hotels, Hamburg',
		phones: ['+494066969400'],
		assignedById: 2,
	});
	addClient(state, 'COMPANY', {
		name: 'Bennett & Sons Ltd',
		title: 'Furniture retail, London',
		phones: ['+442079460100'],
		assignedById: 3,
	});
	addClient(state, 'COMPANY', {
		name: 'Northside Clinic',
		title: 'Waiting room furniture',
		phones: ['+493023125500'],
		assignedById: 4,
	});
	addClient(state, 'LEAD', {
		name: 'Oliver Grant',
		title: 'Asked for a kitchen offer',
		phones: ['+442079460222'],
		assignedById: 3,
		source: 'WEB',
	});
	addClient(state, 'LEAD', {
		name: 'Marta Nowak',
		title: 'Call back about oak shelves',
		phones: ['+493023125088'],
		assignedById: 2,
		source: 'CALL',
	});
}
