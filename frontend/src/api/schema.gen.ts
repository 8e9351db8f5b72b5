// Generated from openapi.json by `npm run types`; do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountLine: {
            key: string;
            label: components["schemas"]["Text"];
            parent: string | null;
            role: string;
            total: number | null;
            values: (number | null)[];
        };
        Acquired: {
            cost_each: number | null;
            customers: number;
            high: number | null;
            /** @enum {string} */
            light: "green" | "amber" | "red" | "unknown";
            low: number | null;
            name: string;
            profit_each: number | null;
            ratio: number | null;
            revenue_each: number | null;
            revenue_ratio: number | null;
        };
        Acquisition: {
            /** @enum {string} */
            by: "platform" | "shop" | "channel";
            /**
             * @default {
             *       "en": "All ad spend is laid on new buyers, so the ratio is low rather than high; creators, content and private domain are not in it.",
             *       "zh": "获客成本把全部广告费算到新买家头上，所以比值偏低而不会偏高；不含达人、内容与私域的费用。"
             *     }
             */
            note: components["schemas"]["Text"];
            rows: components["schemas"]["Acquired"][];
            threshold: number;
        };
        AdDesk: {
            losing: components["schemas"]["FindingsData"];
            objects: components["schemas"]["TableData"];
            reports: components["schemas"]["TableData"];
        };
        AlertDay: {
            day: string;
            expected: number | null;
            high: number | null;
            low: number | null;
            value: number | null;
        };
        AlertLine: {
            cause_id: number | null;
            currency: string | null;
            /** @enum {string} */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            expected: number | null;
            first_day: string;
            high: number | null;
            href: string;
            id: number;
            label: components["schemas"]["Text"] | null;
            last_day: string;
            low: number | null;
            metric: string | null;
            money: number | null;
            n_under: number;
            outcome: string | null;
            owner: components["schemas"]["Text"];
            place: components["schemas"]["Text"];
            raised_at: string;
            rule: string;
            sentence: components["schemas"]["Text"];
            severity: string;
            snoozed_until: string | null;
            /** @enum {string} */
            standing: "on" | "over" | "gone";
            /** @enum {string} */
            state: "open" | "acknowledged" | "snoozed" | "resolved";
            title: components["schemas"]["Text"];
            unit: string | null;
            value: number | null;
        };
        AlertList: {
            alerts: components["schemas"]["AlertLine"][];
            n_acknowledged: number;
            n_open: number;
            n_resolved: number;
            n_snoozed: number;
            unusable: {
                [key: string]: string;
            };
            watched_at: string | null;
            watched_until: string | null;
        };
        AlertPage: {
            alert: components["schemas"]["AlertLine"];
            cause: components["schemas"]["AlertLine"] | null;
            causes: components["schemas"]["Text"][];
            checks: components["schemas"]["Text"][];
            days: components["schemas"]["AlertDay"][];
            doubts: components["schemas"]["Doubt"][];
            explain: components["schemas"]["ExplainQuery"] | null;
            metric_href: string | null;
            outcomes: string[];
            segments: components["schemas"]["AlertSegment"][];
            snooze_days: number;
            steps: components["schemas"]["AlertStepLine"][];
            under: components["schemas"]["AlertLine"][];
        };
        AlertRulesTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "alert_rules";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        AlertSegment: {
            amount: number | null;
            label: components["schemas"]["Text"];
            share: number | null;
        };
        AlertStepLine: {
            at: string;
            note: string;
            what: string;
        };
        AlertTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "alert";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        AlertsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "alerts";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        AtRisk: {
            churn_probability: number;
            customer: string;
            days_silent: number;
            /** Format: date */
            last_purchase: string;
            purchases: number;
            reason: components["schemas"]["Text"];
            revenue: number;
            usual_gap_days: number;
        };
        BackTestAnswer: {
            currency: string | null;
            fired: components["schemas"]["FiredLine"][];
            first_day: string | null;
            last_day: string | null;
            n_fired: number;
            n_steps: number;
            per_week: number | null;
            sentence: components["schemas"]["Text"];
            unit: string;
        };
        BackTestAsked: {
            date_from?: string | null;
            date_to?: string | null;
            name?: string | null;
            rule?: {
                [key: string]: unknown;
            } | null;
        };
        BarTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "bar";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        BatchList: {
            n_rows: number;
            rows: components["schemas"]["BatchRow"][];
        };
        BatchRow: {
            accepted: number;
            currency: string | null;
            date_from: string | null;
            date_to: string | null;
            duplicate: number;
            extracted_at: string | null;
            file: string;
            file_total: number | null;
            format: string;
            format_label: components["schemas"]["Text"];
            id: number;
            /** @default [] */
            issues: string[];
            ledger_total: number | null;
            loaded_at: string | null;
            non_data: number;
            platform: string;
            quarantined: number;
            received: number;
            rejected: number;
            rounding: number | null;
            sheet: string | null;
            store: string;
            superseded: number;
        };
        BatchesTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "batches";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        BelowCost: {
            lines: components["schemas"]["TableData"];
            skus: components["schemas"]["TableData"];
        };
        Bin: {
            first_day: number;
            intervals: number;
            last_day: number | null;
        };
        Bounds: {
            forecast: number;
            high: number;
            low: number;
        };
        BudgetCell: {
            actual?: number | null;
            forecast?: number | null;
            gap?: number | null;
            month: string;
            /**
             * @default none
             * @enum {string}
             */
            state: "ahead" | "behind" | "none";
            target?: number | null;
        };
        BudgetData: {
            /** @default true */
            can_enter: boolean;
            currency?: string | null;
            current?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            months: string[];
            partial?: components["schemas"]["Text"] | null;
            rows: components["schemas"]["BudgetRow"][];
            store?: string | null;
            text?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        BudgetRow: {
            account: string;
            cells: components["schemas"]["BudgetCell"][];
            /**
             * @default none
             * @enum {string}
             */
            good: "up" | "down" | "none";
            label: components["schemas"]["Text"];
            /**
             * @default money
             * @enum {string}
             */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
        };
        BudgetTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "budget";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Calibration: {
            bias_at_level: number | null;
            deciles: components["schemas"]["Decile"][];
            level: number;
            slope: number | null;
            wrong_by: number;
        };
        Cash: {
            kinds: components["schemas"]["TableData"];
            on_its_way: components["schemas"]["TableData"];
            wallets: components["schemas"]["TableData"];
        };
        CauseSum: {
            amount: number;
            cause: string;
            is_open: boolean;
            label: components["schemas"]["Text"];
            n_orders: number;
        };
        CellView: {
            column: string | null;
            header: string;
            value: string | null;
        };
        ChartData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            href?: (string | null)[] | null;
            /** @default false */
            is_stacked: boolean;
            /** @default [] */
            marks: components["schemas"]["Mark"][];
            partial?: components["schemas"]["Text"] | null;
            series: components["schemas"]["Series"][];
            title?: components["schemas"]["Text"] | null;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            /** @default [] */
            warnings: components["schemas"]["Text"][];
            x: (string | components["schemas"]["Text"])[];
            /** @enum {string} */
            x_kind: "date" | "category";
        };
        CheckList: {
            checks: components["schemas"]["CheckView"][];
        };
        CheckView: {
            examples: string[];
            n_violations: number;
            name: string;
            text: components["schemas"]["Text"];
        };
        Choice: {
            label: components["schemas"]["Text"];
            value: string;
        };
        ChurnAnswer: {
            /** Format: date */
            as_of: string;
            at_risk: components["schemas"]["AtRisk"][];
            auc: number | null;
            backtest_days: number;
            chosen: string;
            customers: number;
            deciles: components["schemas"]["Decile"][];
            /**
             * @default estimated
             * @constant
             */
            evidence: "estimated";
            expected_to_stay_away: number;
            horizon_days: number;
            n_at_risk: number;
            slope: number | null;
            stayed_away_share: number;
            top_decile_precision: number | null;
            warnings: components["schemas"]["Text"][];
        };
        CockpitAnswer: {
            goals: {
                [key: string]: number;
            };
            pins: string[];
        };
        CohortAnswerRow: {
            active: number[];
            buyers: number;
            cohort: string | null;
            followed: number[];
            name: components["schemas"]["Text"];
            net_per_buyer: (number | null)[];
            payback_month: number | null;
            profit_per_buyer: (number | null)[];
            retention: (number | null)[];
        };
        CohortDrift: {
            actual: number;
            alarm: boolean;
            customers: number;
            expected: number;
            month: string;
            z: number;
        };
        CohortRow: {
            buyers: number;
            is_mature: boolean;
            month: string;
            rate: number | null;
            repeat_buyers: number | null;
        };
        CohortsAnswer: {
            acquisition_cost: number | null;
            /** Format: date */
            as_of: string;
            by: string;
            cohorts: components["schemas"]["CohortAnswerRow"][];
            cost_known_share: number | null;
            currency: string;
            identifiable: components["schemas"]["PlatformShare"][];
            left_out: number;
            warnings: components["schemas"]["Text"][];
        };
        ColumnGuessView: {
            header: string;
            name: string;
            reason: components["schemas"]["Text"];
            score: number;
        };
        ColumnSpec: {
            align?: ("left" | "right" | "center") | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            help?: components["schemas"]["Text"] | null;
            key: string;
            label: components["schemas"]["Text"];
            /** @default false */
            sortable: boolean;
            /**
             * @default text
             * @enum {string}
             */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
        };
        CostRates: {
            rates: {
                [key: string]: number;
            };
        };
        CostRow: {
            category: string;
            label: components["schemas"]["Text"];
            rate?: number | null;
            revenue?: number | null;
        };
        CostTableData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            missing_share?: number | null;
            partial?: components["schemas"]["Text"] | null;
            rows: components["schemas"]["CostRow"][];
            text?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        CostTableTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "cost_table";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        CreatorDesk: {
            creators: components["schemas"]["TableData"];
            sessions: components["schemas"]["TableData"];
        };
        CutPoints: {
            /** Format: date */
            as_of: string;
            days_since: number[];
            frequency: number[];
            money: number[];
        };
        Decile: {
            actual: number;
            customers: number;
            decile: number;
            forecast: number;
        };
        DifferenceRow: {
            age_days: number | null;
            amount: number;
            batch_id: number;
            cause: string;
            currency: string;
            detail: string;
            is_lost_in_export: boolean;
            label: components["schemas"]["Text"];
            order_id: string;
            paid: string | null;
            platform: string;
            row_no: number;
            since: string | null;
            store: string;
        };
        DimensionChoice: {
            label: components["schemas"]["Text"];
            name: string;
        };
        Door: {
            available: boolean;
            /** @enum {string} */
            id: "drop" | "demo" | "connect";
            text?: components["schemas"]["Text"] | null;
        };
        DoorsData: {
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            items: components["schemas"]["Door"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        DoorsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "doors";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Doubt: {
            check: string;
            currency?: string | null;
            href: string;
            label: components["schemas"]["Text"];
            money?: number | null;
            n: number;
            next: components["schemas"]["Text"];
            text: components["schemas"]["Text"];
        };
        DueRow: {
            customer: string;
            /** Format: date */
            due_day: string;
            interval_days: number;
            /** Format: date */
            last_day: string;
            name: string | null;
            own_intervals: number;
            product_id: string;
            product_intervals: number;
        };
        ErrorAnswer: {
            error: components["schemas"]["ErrorBody"];
        };
        ErrorBody: {
            code: string;
            next: string;
            what: string;
            where: string;
        };
        ExplainQuery: {
            against: string;
            date_from: string;
            date_to: string;
            metric: string;
            where: string;
        };
        FaultView: {
            example: string | null;
            header: string | null;
            label: components["schemas"]["Text"] | null;
            n_cells: number;
            name: string;
            rows: number[];
            rule: string;
            text: components["schemas"]["Text"];
        };
        FeeAudit: {
            deviating: components["schemas"]["TableData"];
            rates: components["schemas"]["TableData"];
        };
        FeeRates: {
            rates: {
                [key: string]: number;
            };
        };
        FieldPick: {
            is_money: boolean;
            label: components["schemas"]["Text"];
            name: string;
            /** @default [] */
            words: string[];
        };
        Figure: {
            alerts_href?: string | null;
            before?: number | null;
            change?: number | null;
            /**
             * @default none
             * @enum {string}
             */
            change_kind: "ratio" | "pp" | "none";
            /** @default [] */
            doubts: components["schemas"]["Doubt"][];
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            goal?: number | null;
            /**
             * @default none
             * @enum {string}
             */
            good: "up" | "down" | "none";
            href?: string | null;
            is_pinned?: boolean | null;
            label: components["schemas"]["Text"];
            metric: string;
            /** @default 0 */
            n_alerts: number;
            numerator?: components["schemas"]["Text"] | null;
            rows_href?: string | null;
            /** @default [] */
            spark: (number | null)[];
            target?: number | null;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            value?: number | null;
            warning?: components["schemas"]["Text"] | null;
        };
        FigureGroup: {
            items: components["schemas"]["Figure"][];
            key: string;
            note?: components["schemas"]["Text"] | null;
            title: components["schemas"]["Text"];
        };
        Finding: {
            cause?: components["schemas"]["Text"] | null;
            currency?: string | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            href?: string | null;
            money?: number | null;
            text: components["schemas"]["Text"];
            title?: components["schemas"]["Text"] | null;
        };
        FindingsData: {
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            items: components["schemas"]["Finding"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        FindingsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "findings";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        FiredLine: {
            expected: number | null;
            first_day: string;
            high: number | null;
            last_day: string;
            low: number | null;
            money: number | null;
            n_days: number;
            place: components["schemas"]["Text"];
            sentence: components["schemas"]["Text"];
            value: number | null;
        };
        Fix: {
            id: string;
            /** @default {} */
            values: {
                [key: string]: string;
            };
        };
        Fixes: {
            fixes: components["schemas"]["Fix"][];
        };
        Forecast: {
            /** Format: date */
            as_of: string;
            confidence: number;
            horizon_days: number;
            parameters: {
                [key: string]: number;
            };
            purchases: components["schemas"]["Bounds"];
        };
        Given: {
            owner: string;
        };
        Goal: {
            goal: number | null;
            metric: string;
        };
        HeatmapData: {
            cols: components["schemas"]["Text"][];
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            max?: number | null;
            partial?: components["schemas"]["Text"] | null;
            rows: components["schemas"]["Text"][];
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            values: (number | null)[][];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        HeatmapTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "heatmap";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        IntervalRow: {
            intervals: number;
            item: string | null;
            median: number;
            name: string | null;
            p25: number;
            p75: number;
            p90: number;
        };
        JobAnswer: {
            cancel_requested: boolean;
            created_at: string;
            error: {
                [key: string]: unknown;
            } | null;
            finished_at: string | null;
            id: number;
            kind: string;
            label: components["schemas"]["Text"];
            progress: {
                [key: string]: unknown;
            };
            result: {
                [key: string]: unknown;
            } | null;
            started_at: string | null;
            state: string;
        };
        JobStarted: {
            job_id: number;
        };
        JobsAnswer: {
            jobs: components["schemas"]["JobAnswer"][];
        };
        JobsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "jobs";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        KpiItem: {
            alerts_href?: string | null;
            change?: number | null;
            /**
             * @default none
             * @enum {string}
             */
            change_kind: "ratio" | "pp" | "none";
            /** @default [] */
            doubts: components["schemas"]["Doubt"][];
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            goal?: number | null;
            /**
             * @default none
             * @enum {string}
             */
            good: "up" | "down" | "none";
            href?: string | null;
            is_pinned?: boolean | null;
            label: components["schemas"]["Text"];
            metric: string;
            /** @default 0 */
            n_alerts: number;
            numerator?: components["schemas"]["Text"] | null;
            rows_href?: string | null;
            /** @default [] */
            spark: (number | null)[];
            target?: number | null;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            value?: number | null;
            warning?: components["schemas"]["Text"] | null;
        };
        KpisData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            items: components["schemas"]["KpiItem"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        KpisTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "kpis";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        LateLine: {
            amount: number;
            batch_id: number;
            booked: string;
            category: string;
            currency: string;
            label: components["schemas"]["Text"];
            lag_days: number | null;
            late_days: number;
            order_id: string;
            platform: string;
            row_no: number;
            store: string;
        };
        LedgerMonth: {
            booked: number;
            currency: string;
            month: string;
            n_lines: number;
            n_unmatched: number;
            of_earlier_months: number;
            of_later_months: number;
            of_no_order: {
                [key: string]: number;
            };
            of_this_month: number;
            platform: string;
            store: string;
            unmatched: number;
        };
        LifecycleAnswer: {
            accounts: number;
            activation_rate: number | null;
            /** Format: date */
            as_of: string;
            churn_days: number;
            churn_rate: number | null;
            churn_warning: components["schemas"]["Warned"][];
            currency: string;
            identifiable: components["schemas"]["PlatformShare"][];
            moves: components["schemas"]["StageMove"][];
            new_days: number;
            return_rate: number | null;
            /** Format: date */
            since: string;
            stages: components["schemas"]["StageRow"][];
            warnings: components["schemas"]["Text"][];
            windows: components["schemas"]["Window"][];
        };
        LifecycleRules: {
            /** @default 90 */
            churn_days: number;
            /** @default 7 */
            new_days: number;
            /** @default {} */
            windows: {
                [key: string]: number;
            };
        };
        LifetimeAnswer: {
            acquisition?: components["schemas"]["Acquisition"] | null;
            calibration: components["schemas"]["Calibration"];
            /** Format: date */
            calibration_end: string;
            chosen: string;
            currency: string | null;
            customers: number;
            customers_calibrated: number;
            customers_without_orders: number;
            drift: components["schemas"]["CohortDrift"][];
            /**
             * @default estimated
             * @constant
             */
            evidence: "estimated";
            forecast: components["schemas"]["Forecast"];
            /** Format: date */
            holdout_end: string;
            models: {
                [key: string]: components["schemas"]["ModelAnswer"];
            };
            not_told: {
                [key: string]: components["schemas"]["Text"];
            };
            profit: components["schemas"]["MoneyAnswer"] | null;
            refused: {
                [key: string]: string;
            };
            revenue: components["schemas"]["MoneyAnswer"] | null;
            /** @enum {string} */
            time_unit: "day" | "week";
            warnings: components["schemas"]["Text"][];
            yearly_discount: number;
        };
        LineTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "line";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        LinkRate: {
            by_rule: {
                [key: string]: number;
            };
            currency: string;
            label: components["schemas"]["Text"];
            money: number;
            money_linked: number;
            money_rate: number | null;
            n: number;
            n_linked: number;
            name: string;
            platform: string;
            rate: number | null;
            store: string;
        };
        LoadMapped: {
            document: {
                [key: string]: unknown;
            };
            name?: string | null;
            source_table?: string | null;
            store?: string | null;
        };
        LoadPaths: {
            /** @default false */
            dry_run: boolean;
            extracted_at?: string | null;
            map?: string | null;
            /** @default [] */
            passwords: string[];
            paths: string[];
            store?: string | null;
        };
        MapProblem: {
            code: string;
            next: string;
            what: string;
            where: string;
        };
        MapperTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "mapper";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        MappingView: {
            columns: components["schemas"]["SourceColumn"][];
            document: {
                [key: string]: unknown;
            };
            file: components["schemas"]["WaitingView"] | null;
            guesses: components["schemas"]["ColumnGuessView"][];
            notes: components["schemas"]["Text"][];
            platforms: components["schemas"]["Named"][];
            reading: components["schemas"]["ReadingView"];
            saved_as: string | null;
            sheets: components["schemas"]["SheetView"][];
            start: string;
            starts: components["schemas"]["Start"][];
            stores: string[];
            tables: components["schemas"]["TableChoice"][];
            targets: components["schemas"]["Target"][];
        };
        Mark: {
            name: components["schemas"]["Text"];
            x: string;
        };
        MetaAnswer: {
            as_of: string | null;
            data_from: string | null;
            data_to: string | null;
            dimension_labels: {
                [key: string]: components["schemas"]["Text"];
            };
            dimensions: {
                [key: string]: components["schemas"]["Choice"][];
            };
            is_demo: boolean;
            is_empty: boolean;
            nav: components["schemas"]["NavRoom"][];
            shop: components["schemas"]["ShopName"];
            token: string;
            tour: components["schemas"]["TourStop"][];
            version: string;
        };
        MetricCardData: {
            base: components["schemas"]["Text"];
            /** @default [] */
            catalogue_ids: string[];
            definition: components["schemas"]["Text"];
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            formula: components["schemas"]["Text"];
            freshness?: string | null;
            label: components["schemas"]["Text"];
            name: string;
            owner?: components["schemas"]["Text"] | null;
            partial?: components["schemas"]["Text"] | null;
            source: components["schemas"]["Text"];
            /** @default [] */
            sources: components["schemas"]["SourceState"][];
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            version: string;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        MetricCardTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "metric_card";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        MetricChoice: {
            dimensions: string[];
            label: components["schemas"]["Text"];
            name: string;
            unit: string;
        };
        MetricHistory: {
            name: string;
            origin: string;
            versions: components["schemas"]["OwnMetricVersion"][];
        };
        MetricPick: {
            is_sum: boolean;
            label: components["schemas"]["Text"];
            name: string;
            rows: string | null;
            unit: string;
        };
        MetricTry: {
            metric: {
                [key: string]: unknown;
            };
        };
        MetricsEntered: {
            metrics: {
                [key: string]: unknown;
            }[];
        };
        MetricsFile: {
            toml: string;
        };
        MetricsKept: {
            kept: string[];
        };
        ModelAnswer: {
            backtest: components["schemas"]["Scores"];
            log_likelihood: number;
            not_told: string[];
            parameters: {
                [key: string]: number;
            };
            standard_errors: {
                [key: string]: number;
            };
        };
        MoneyAnswer: {
            deciles: components["schemas"]["Decile"][];
            discounted: components["schemas"]["Bounds"];
            discounted_per_customer: number;
            historic: number;
            historic_per_customer: number;
            known_share: number;
            slope: number | null;
            value_model: string;
            value_parameters: {
                [key: string]: number;
            };
            within_horizon: components["schemas"]["Bounds"];
        };
        MonthRow: {
            buyers: number | null;
            month: string;
            rate: number | null;
            repeat_buyers: number | null;
        };
        MonthStatement: {
            borne: number;
            borne_back: number;
            causes: components["schemas"]["CauseSum"][];
            currency: string;
            deposits: number;
            difference: number;
            due: number;
            expected: number;
            fee_gaps: number;
            fees: {
                [key: string]: number;
            };
            in_transit: number;
            month: string;
            n_orders: number;
            open_difference: number;
            paid: number;
            platform: string;
            receivable: number;
            refunded: number;
            settled: number;
            store: string;
            ties: boolean;
            unknown: number;
        };
        MoveTo: {
            store: string;
        };
        Moved: {
            after: string;
            before: string | null;
            customers: number;
        };
        Mute: {
            days: number | null;
        };
        Named: {
            label: components["schemas"]["Text"];
            name: string;
        };
        NavRoom: {
            has_data: boolean;
            icon: string;
            needs: components["schemas"]["Text"] | null;
            path: string;
            room: string;
            title: components["schemas"]["Text"];
        };
        NewName: {
            name: string;
        };
        NextUpload: {
            gives: components["schemas"]["Text"];
            href?: string | null;
            menu: components["schemas"]["Text"];
            platform?: components["schemas"]["Text"] | null;
            title: components["schemas"]["Text"];
        };
        OwnMetricLine: {
            definition: components["schemas"]["Text"] | null;
            document: {
                [key: string]: unknown;
            };
            error: string | null;
            formula: string | null;
            label: components["schemas"]["Text"];
            name: string;
            since: string;
            unit: string | null;
            version: number;
        };
        OwnMetricList: {
            choices: components["schemas"]["MetricPick"][];
            fields: {
                [key: string]: components["schemas"]["FieldPick"][];
            };
            metrics: components["schemas"]["OwnMetricLine"][];
        };
        OwnMetricTried: {
            currency: string | null;
            definition: components["schemas"]["Text"];
            formula: string;
            unit: string;
            value: number | null;
            warnings: components["schemas"]["Text"][];
        };
        OwnMetricVersion: {
            document: {
                [key: string]: unknown;
            } | null;
            since: string;
            version: number;
        };
        OwnMetricsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "own_metrics";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        PageChoice: {
            /** @enum {string} */
            key: "by" | "basis";
            label: components["schemas"]["Text"];
            options: components["schemas"]["PageOption"][];
        };
        PageExport: {
            id: string;
            label: components["schemas"]["Text"];
            source: string;
        };
        PageOption: {
            label: components["schemas"]["Text"];
            value: string;
        };
        PageSpec: {
            /** @default [] */
            choices: components["schemas"]["PageChoice"][];
            /** @default [] */
            exports: components["schemas"]["PageExport"][];
            /** @default [] */
            filters: string[];
            icon: string;
            id: string;
            path: string;
            room: string;
            rows: components["schemas"]["Row"][];
            start?: components["schemas"]["PageStart"] | null;
            /** @default {} */
            strips: {
                [key: string]: components["schemas"]["Text"];
            };
            tab?: components["schemas"]["Text"] | null;
            title: components["schemas"]["Text"];
        };
        PageStart: {
            /**
             * @default previous
             * @enum {string}
             */
            compare: "previous" | "year";
            /** @enum {string} */
            dates: "yesterday" | "last7" | "last30" | "this_month";
        };
        PagesAnswer: {
            pages: components["schemas"]["PageSpec"][];
        };
        PartLines: {
            lines: components["schemas"]["AccountLine"][];
            name: components["schemas"]["Text"];
        };
        Patrol: {
            /** Format: date */
            day: string;
            findings: components["schemas"]["PatrolFinding"][];
            needs: components["schemas"]["PatrolNeed"][];
        };
        PatrolFinding: {
            currency?: string | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            href?: string | null;
            kind: string;
            label: components["schemas"]["Text"];
            money?: number | null;
            money_label: components["schemas"]["Text"];
            n_rows: number;
            /** @default [] */
            rows: components["schemas"]["PatrolRow"][];
            store: string;
            subject: components["schemas"]["Text"];
            text: components["schemas"]["Text"];
        };
        PatrolNeed: {
            kind: string;
            label: components["schemas"]["Text"];
            table: string;
            text: components["schemas"]["Text"];
        };
        PatrolRow: {
            href?: string | null;
            money?: number | null;
            text: components["schemas"]["Text"];
        };
        Pin: {
            is_pinned: boolean;
            metric: string;
        };
        PinChoice: {
            label: components["schemas"]["Text"];
            name: string;
        };
        PinsData: {
            /** @default [] */
            choices: components["schemas"]["PinChoice"][];
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            items: components["schemas"]["KpiItem"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        PinsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "pins";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        PlatformShare: {
            declared_returning_share: number | null;
            identified: number;
            money_share: number | null;
            orders: number;
            platform: string;
            raised_by: components["schemas"]["Text"] | null;
            share: number;
        };
        PreviewView: {
            columns: components["schemas"]["TypedColumn"][];
            currency: string;
            date_from: string | null;
            date_to: string | null;
            faults: components["schemas"]["FaultView"][];
            file_total: number | null;
            good_total: number | null;
            headline: components["schemas"]["Text"] | null;
            is_whole: boolean;
            missing: components["schemas"]["Named"][][];
            n_apart: number;
            n_good: number;
            n_rejected: number;
            n_rows: number;
            problem: components["schemas"]["MapProblem"] | null;
            rows: components["schemas"]["TypedRow"][];
            toml: string;
            words: components["schemas"]["WordsView"][];
        };
        ProfitStatement: {
            basis: string;
            by: string | null;
            currency: string | null;
            lines: components["schemas"]["AccountLine"][];
            months: string[];
            parts: components["schemas"]["PartLines"][];
            rates: {
                [key: string]: number | null;
            };
            warnings: components["schemas"]["Text"][];
        };
        "PutAway-Input": {
            days: number;
            /** @default  */
            note: string;
        };
        "PutAway-Output": {
            file_id: number;
        };
        QualityCheck: {
            aspect: components["schemas"]["Text"];
            checked_at: string;
            currency: string | null;
            days: number[];
            label: components["schemas"]["Text"];
            money: number | null;
            n_findings: number;
            n_stores: number;
            name: string;
            next: components["schemas"]["Text"];
            past: components["schemas"]["QualityRun"][];
            promise: components["schemas"]["Text"];
            source: components["schemas"]["Text"];
            /** @enum {string} */
            status: "ok" | "warning" | "failed";
            stores: components["schemas"]["QualityStore"][];
        };
        QualityFinding: {
            day: string | null;
            last_day: string | null;
            money: number | null;
            n_rows: number;
            subject: string | null;
            text: components["schemas"]["Text"];
        };
        QualityPanel: {
            checked_at: string | null;
            checks: components["schemas"]["QualityCheck"][];
            first_day: string | null;
            last_day: string | null;
            n_failed: number;
            n_ok: number;
            n_warning: number;
        };
        QualityRun: {
            day: string;
            n_findings: number;
            /** @enum {string} */
            status: "ok" | "warning" | "failed";
        };
        QualityStore: {
            currency: string | null;
            findings: components["schemas"]["QualityFinding"][];
            money: number | null;
            n_findings: number;
            since: string;
            /** @enum {string} */
            status: "ok" | "warning" | "failed";
            store: string;
        };
        QualityTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "quality";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        QuarantineList: {
            n_rows: number;
            page: number;
            pages: number;
            rows: components["schemas"]["QuarantinedRow"][];
        };
        QuarantineTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "quarantine";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        QuarantinedRow: {
            batch_id: number;
            cells: components["schemas"]["CellView"][];
            column: string | null;
            file: string;
            id: string;
            next: components["schemas"]["Text"];
            reason: components["schemas"]["Text"];
            row: number;
            rule: string;
            value: string | null;
        };
        RateRow: {
            days: number;
            matured_buyers: number;
            rate: number | null;
            repeat_buyers: number;
        };
        ReadAs: {
            delimiter?: string | null;
            encoding?: string | null;
            header_row?: number | null;
            source_table?: string | null;
            start?: string | null;
            table?: string | null;
        };
        ReadingView: {
            encoding: string | null;
            header_row: number;
            kind: string;
            sheet: string | null;
            table: string;
        };
        Reconciliation: {
            date_from: string | null;
            date_to: string | null;
            differences: components["schemas"]["DifferenceRow"][];
            late: components["schemas"]["LateLine"][];
            ledgers: components["schemas"]["LedgerMonth"][];
            link_rates: components["schemas"]["LinkRate"][];
            months: components["schemas"]["MonthStatement"][];
            n_differences: number;
            n_late: number;
            n_stock_system_rows: number;
            n_unmatched: number;
            problems: components["schemas"]["Text"][];
            stock_system: components["schemas"]["StockSystemStore"][];
            stock_system_rows: components["schemas"]["StockSystemRow"][];
            stores: components["schemas"]["StoreReach"][];
            ties: boolean;
            unmatched: components["schemas"]["UnmatchedLine"][];
            wallet_gaps: components["schemas"]["WalletGap"][];
            wallets: components["schemas"]["Wallet"][];
        };
        Report: {
            against: components["schemas"]["Span"];
            against_label: components["schemas"]["Text"];
            alerts: components["schemas"]["Finding"][];
            by_store: components["schemas"]["TableData"];
            currency: string | null;
            days: components["schemas"]["Span"];
            groups: components["schemas"]["FigureGroup"][];
            /** @enum {string} */
            length: "day" | "week" | "month";
            /** @default [] */
            missing: components["schemas"]["Text"][];
            movements: components["schemas"]["Finding"][];
            n_alerts: number;
            partial?: components["schemas"]["Text"] | null;
            promotion?: components["schemas"]["TableData"] | null;
            stock_outs: components["schemas"]["Finding"][];
            /** @default [] */
            stores: string[];
            text: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
            to_target: components["schemas"]["TableData"];
        };
        ReportScheduleTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "report_schedule";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        RepurchaseAnswer: {
            /** Format: date */
            as_of: string;
            by_category: components["schemas"]["IntervalRow"][];
            by_product: components["schemas"]["IntervalRow"][];
            cohorts: components["schemas"]["CohortRow"][];
            curve: components["schemas"]["RateRow"][];
            days: number;
            due: components["schemas"]["DueRow"][];
            histogram: components["schemas"]["Bin"][];
            identifiable: components["schemas"]["PlatformShare"][];
            intervals: components["schemas"]["IntervalRow"];
            matured_buyers: number;
            monthly: components["schemas"]["MonthRow"][];
            monthly_change: number | null;
            rate: number | null;
            repeat_buyers: number;
            warnings: components["schemas"]["Text"][];
        };
        Result: {
            /** @default  */
            note: string;
            outcome: string;
        };
        RfmAnswer: {
            /** Format: date */
            as_of: string;
            currency: string;
            customers: number;
            cuts: components["schemas"]["CutPoints"];
            identifiable: components["schemas"]["PlatformShare"][];
            migration: components["schemas"]["Moved"][];
            money: string;
            segments: components["schemas"]["SegmentRow"][];
            since: string | null;
            warnings: components["schemas"]["Text"][];
        };
        Row: {
            height?: ("s" | "m" | "l") | null;
            tiles: (components["schemas"]["SentenceTile"] | components["schemas"]["KpisTile"] | components["schemas"]["LineTile"] | components["schemas"]["BarTile"] | components["schemas"]["HeatmapTile"] | components["schemas"]["TableTile"] | components["schemas"]["FindingsTile"] | components["schemas"]["DoorsTile"] | components["schemas"]["UploadTile"] | components["schemas"]["MapperTile"] | components["schemas"]["SavedMapsTile"] | components["schemas"]["BatchesTile"] | components["schemas"]["QuarantineTile"] | components["schemas"]["QualityTile"] | components["schemas"]["JobsTile"] | components["schemas"]["MetricCardTile"] | components["schemas"]["UploadsNextTile"] | components["schemas"]["CostTableTile"] | components["schemas"]["StatementTile"] | components["schemas"]["WaterfallTile"] | components["schemas"]["BudgetTile"] | components["schemas"]["TreeTile"] | components["schemas"]["AlertsTile"] | components["schemas"]["AlertTile"] | components["schemas"]["AlertRulesTile"] | components["schemas"]["PinsTile"] | components["schemas"]["OwnMetricsTile"] | components["schemas"]["ReportScheduleTile"])[];
        };
        RuleLine: {
            document: {
                [key: string]: unknown;
            } | null;
            error: string | null;
            is_on: boolean;
            muted_until: string | null;
            n_alerts: number;
            name: string;
            origin: string;
            owner: components["schemas"]["Text"];
            severity: string;
            title: components["schemas"]["Text"];
        };
        RuleList: {
            dimensions: components["schemas"]["DimensionChoice"][];
            metrics: components["schemas"]["MetricChoice"][];
            rules: components["schemas"]["RuleLine"][];
        };
        RulesEntered: {
            rules: {
                [key: string]: unknown;
            }[];
        };
        RulesFile: {
            toml: string;
        };
        RulesKept: {
            rules: components["schemas"]["RuleLine"][];
        };
        Said: {
            /** @default  */
            note: string;
        };
        SavedMapList: {
            can_undo: boolean;
            empty?: components["schemas"]["Text"] | null;
            maps: components["schemas"]["SavedMapView"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        SavedMapView: {
            header: string[];
            n_columns: number;
            name: string;
            saved_at: string;
            table: string;
            table_label: components["schemas"]["Text"];
            toml: string;
        };
        SavedMapsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "saved_maps";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        ScheduleAnswer: {
            at: string;
            channels: string[];
            known_channels: string[];
            last_told: {
                [key: string]: string;
            };
            lengths: ("day" | "week" | "month")[];
            timezone: string;
        };
        ScheduleWanted: {
            /** @default 09:00 */
            at: string;
            /** @default [] */
            channels: string[];
            lengths: ("day" | "week" | "month")[];
        };
        Scores: {
            auc: number | null;
            bias: number | null;
            churn_auc: number | null;
            mae: number;
        };
        SegmentRow: {
            action: components["schemas"]["Text"];
            catalogue_id: string;
            customers: number;
            label_en: string;
            label_zh: string;
            mean_days_since: number | null;
            mean_frequency: number | null;
            name: string;
            net_revenue: number;
            profit: number | null;
            rule: components["schemas"]["Text"];
            share_of_customers: number;
            share_of_revenue: number | null;
        };
        SendWanted: {
            /** @default [] */
            channels: string[];
            date?: string | null;
            /** @default [] */
            stores: string[];
        };
        Sent: {
            key: string;
            n_channels: number;
        };
        SentenceData: {
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            partial?: components["schemas"]["Text"] | null;
            text: components["schemas"]["Text"];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        SentenceTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "sentence";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Series: {
            name: components["schemas"]["Text"];
            /**
             * @default current
             * @enum {string}
             */
            role: "current" | "compare" | "other";
            values: (number | null)[];
        };
        SheetView: {
            n_columns: number;
            name: string;
            sheet: string | null;
        };
        ShopName: {
            name: string;
        };
        SourceColumn: {
            header: string;
            n_blank: number;
            n_rows: number;
            samples: string[];
        };
        SourceState: {
            /** @default [] */
            findings: components["schemas"]["Text"][];
            label: components["schemas"]["Text"];
            loaded_at?: string | null;
            /** @default 0 */
            n_checks: number;
            /**
             * @default unchecked
             * @enum {string}
             */
            status: "ok" | "warning" | "failed" | "unchecked";
            /** @default [] */
            stores: string[];
            table: string;
            until?: string | null;
        };
        SourceView: {
            batch: components["schemas"]["BatchRow"];
            cells: components["schemas"]["CellView"][];
            file: string;
            format: string;
            format_label: components["schemas"]["Text"];
            row: number;
            store: string;
        };
        Span: {
            /** Format: date */
            first: string;
            /** Format: date */
            last: string;
        };
        StageMove: {
            after: string;
            before: string | null;
            people: number;
        };
        StageRow: {
            action: components["schemas"]["Text"];
            before: number;
            catalogue_id: string;
            label_en: string;
            label_zh: string;
            name: string;
            net_revenue: number;
            people: number;
            repeat: number;
            rule: components["schemas"]["Text"];
        };
        Start: {
            id: string;
            label: components["schemas"]["Text"];
            missing: string[];
        };
        StatementColumn: {
            key: string;
            label: components["schemas"]["Text"];
            note?: components["schemas"]["Text"] | null;
        };
        StatementData: {
            columns: components["schemas"]["StatementColumn"][];
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            lines: components["schemas"]["StatementLine"][];
            partial?: components["schemas"]["Text"] | null;
            share_of?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        StatementLine: {
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            help?: components["schemas"]["Text"] | null;
            href?: string | null;
            /** @default [] */
            hrefs: (string | null)[];
            key: string;
            label: components["schemas"]["Text"];
            parent?: string | null;
            /**
             * @default line
             * @enum {string}
             */
            role: "line" | "total" | "memo";
            share?: number | null;
            total?: number | null;
            /**
             * @default money
             * @enum {string}
             */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            values: (number | null)[];
        };
        StatementTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "statement";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Step: {
            end: number | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            help?: components["schemas"]["Text"] | null;
            href?: string | null;
            label: components["schemas"]["Text"];
            /** @enum {string} */
            role: "level" | "adds" | "takes";
            start: number | null;
            value: number | null;
        };
        StockSystemRow: {
            currency: string;
            erp_amount: number | null;
            erp_order_id: string | null;
            kind: string;
            label: components["schemas"]["Text"];
            order_id: string;
            ordered: string | null;
            platform_amount: number | null;
            store: string;
        };
        StockSystemStore: {
            amount_differs: number;
            currency: string;
            missing_in_erp: number;
            missing_on_platform: number;
            n_amount_differs: number;
            n_in_both: number;
            n_missing_in_erp: number;
            n_missing_on_platform: number;
            n_orders: number;
            platform: string;
            store: string;
            ties: boolean;
        };
        StoreReach: {
            begins: string;
            has_ledger: boolean;
            latest_days: number;
            ledger_from: string | null;
            ledger_to: string | null;
            platform: string;
            store: string;
            terms: string;
            usual_days: number;
        };
        Switch: {
            is_on: boolean;
        };
        TableChoice: {
            label: components["schemas"]["Text"];
            missing: components["schemas"]["Named"][][];
            n_columns: number;
            name: string;
            score: number;
        };
        TableData: {
            columns: components["schemas"]["ColumnSpec"][];
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            n_rows: number;
            /** @default 1 */
            page: number;
            /** @default 1 */
            pages: number;
            partial?: components["schemas"]["Text"] | null;
            rows: {
                [key: string]: unknown;
            }[];
            total?: {
                [key: string]: unknown;
            } | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        TableTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "table";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Target: {
            group: components["schemas"]["Text"];
            is_amount: boolean;
            is_personal: boolean;
            label: components["schemas"]["Text"];
            name: string;
            needed: string[];
            note: components["schemas"]["Text"] | null;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "text" | "date" | "time" | "status";
        };
        Targets: {
            months: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            store: string | null;
        };
        TargetsEntered: {
            month: string;
            store?: string | null;
            targets: {
                [key: string]: number | null;
            };
        };
        Text: {
            en: string;
            zh: string;
        };
        TourStop: {
            look_at: string | null;
            path: string;
            text: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
        };
        TreeData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            nodes: components["schemas"]["TreeNode"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        TreeNode: {
            change?: number | null;
            /**
             * @default none
             * @enum {string}
             */
            change_kind: "ratio" | "pp" | "none";
            depth: number;
            effect?: number | null;
            /** @enum {string} */
            effect_unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            /**
             * @default none
             * @enum {string}
             */
            good: "up" | "down" | "none";
            href?: string | null;
            label: components["schemas"]["Text"];
            metric: string;
            /** @enum {string} */
            operator: "" | "×" | "÷" | "+" | "−";
            owner: components["schemas"]["Text"];
            target?: number | null;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            value?: number | null;
        };
        TreeTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "tree";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        TryMap: {
            document: {
                [key: string]: unknown;
            };
            source_table?: string | null;
            /** @default false */
            whole: boolean;
        };
        TypedCellView: {
            raw: string | null;
            rule: components["schemas"]["Text"] | null;
            value: string | number | null;
        };
        TypedColumn: {
            header: string | null;
            label: components["schemas"]["Text"];
            n_blank: number;
            n_faults: number;
            name: string;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "text" | "date" | "time" | "status";
        };
        TypedRow: {
            cells: components["schemas"]["TypedCellView"][];
            row: number;
        };
        UnmatchedLine: {
            age_days: number;
            amount: number;
            batch_id: number;
            booked: string;
            candidate_order_id: string | null;
            category: string;
            currency: string;
            label: components["schemas"]["Text"];
            order_id: string | null;
            platform: string;
            refund_id: string | null;
            row_no: number;
            scene: string | null;
            store: string;
        };
        UploadTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "upload";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        UploadsNextData: {
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            items: components["schemas"]["NextUpload"][];
            partial?: components["schemas"]["Text"] | null;
            share?: number | null;
            text?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        UploadsNextTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "uploads_next";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        WaitingList: {
            empty?: components["schemas"]["Text"] | null;
            files: components["schemas"]["WaitingView"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        WaitingView: {
            arrived_at: string;
            file: string;
            id: number;
        };
        Wallet: {
            account: string;
            came_in: number;
            closing: number | null;
            currency: string;
            first: string;
            last: string;
            missing: number;
            n_gaps: number;
            n_lines: number;
            n_withdrawals: number;
            opening: number | null;
            platform: string;
            store: string;
            ties: boolean;
            went_out: number;
            withdrawn: number;
        };
        WalletGap: {
            account: string;
            after: string;
            age_days: number;
            batch_id: number;
            before: string;
            currency: string;
            missing: number;
            row_no: number;
            store: string;
        };
        Warned: {
            customer: string;
            days_since: number;
            /** Format: date */
            entered_on: string;
            /** Format: date */
            last_day: string;
            net_revenue: number;
        };
        WaterfallData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            partial?: components["schemas"]["Text"] | null;
            steps: components["schemas"]["Step"][];
            /**
             * @default money
             * @enum {string}
             */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        WaterfallTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "waterfall";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Window: {
            category: string;
            days: number;
        };
        WordView: {
            meaning: string | null;
            n_rows: number;
            word: string;
        };
        WordsView: {
            choices: components["schemas"]["Named"][];
            label: components["schemas"]["Text"];
            n_unknown: number;
            name: string;
            /** @enum {string} */
            section: "status" | "words";
            words: components["schemas"]["WordView"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
