/** An application on the portal. */
export interface Application {
	id: number;
	name: string;
	clientId: string;
	clientSecret: string;
	/** "Handler path" of the application's settings; also where the authorisation comes back to. */
	handlerUrl: string;
	/** "Initial installation path": gets ONAPPINSTALL. Empty = none. */
	installUrl: string;
	scopes: string[];
	/** False until installFinish: REST works, but no event is sent. */
	installed: boolean;
	/** False when an administrator switched the application off. */
	active: boolean;
	status: 'L' | 'F' | 'D' | 'T' | 'P' | 'S';
	/** Unix time at which the paid or trial period ends; null = none. */
	dateFinish: number | null;
	paymentExpired: boolean;
	version: number;
	applicationToken: string;
	/** Employees who may use the application; empty = all. */
	allowedUsers: number[];
}

/** An incoming webhook. */
export interface Webhook {
	id: number;
	userId: number;
	code: string;
	scopes: string[];
}

export interface AuthorizationCode {
	code: string;
	applicationId: number;
	userId: number;
	expiresAt: number;
}

export interface AccessToken {
	token: string;
	applicationId: number;
	userId: number;
	scopes: string[];
	expiresAt: number;
	/** How many events deep a change made with this token is. [S rest/lib/event/session.php] */
	hops: number;
}

export interface RefreshToken {
	token: string;
	applicationId: number;
	userId: number;
	expiresAt: number;
	/** The access token that was issued with it. */
	accessToken: string;
}
