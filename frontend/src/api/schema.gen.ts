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
        AccuracyShown: {
            bias: number | null;
            coverage: number | null;
            mase: number | null;
            pinball: number | null;
            wape: number | null;
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
        Ahead: {
            /**
             * @default estimated
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            high?: number | null;
            low?: number | null;
            middle?: number | null;
            reason?: components["schemas"]["Text"] | null;
            /** @default 4 */
            weeks: number;
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
            refresh_seconds?: number | null;
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
            refresh_seconds?: number | null;
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
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        AllotmentRow: {
            available: number;
            name: string;
            reserve: number;
            sku: string;
            stores: {
                [key: string]: number;
            };
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
        AttributionSettings: {
            direct: string;
            draws: number;
            half_life_days: number;
            level: string;
            look_back_days: number;
            main_model: string;
            refunds: string;
        };
        AudienceAnswer: {
            audience: components["schemas"]["AudienceRow"];
            changes: components["schemas"]["AudienceChangeRow"][];
            preview: components["schemas"]["AudiencePreview"];
            uses: components["schemas"]["AudienceUseRow"][];
        };
        AudienceChangeRow: {
            /** Format: date */
            as_of: string;
            /** Format: date-time */
            at: string;
            joined: number;
            left: number;
            people: number;
            version: number;
        };
        AudienceChoices: {
            audiences: components["schemas"]["AudiencePick"][];
            categories: components["schemas"]["AudiencePick"][];
            events: components["schemas"]["AudiencePick"][];
            metrics: components["schemas"]["AudienceMetric"][];
            products: components["schemas"]["AudiencePick"][];
            provinces: components["schemas"]["AudiencePick"][];
            segments: components["schemas"]["AudiencePick"][];
            sizes: components["schemas"]["AudiencePick"][];
            stages: components["schemas"]["AudiencePick"][];
            stores: components["schemas"]["AudiencePick"][];
            tags: components["schemas"]["AudiencePick"][];
            tiers: components["schemas"]["AudiencePick"][];
        };
        AudienceEntered: {
            audience: {
                [key: string]: unknown;
            };
            /**
             * @default marketing
             * @enum {string}
             */
            purpose: "marketing" | "analysis";
        };
        AudienceExport: {
            content: string;
            file: string;
            people: number;
            use_id: number;
            warning: components["schemas"]["Text"];
            withheld: {
                [key: string]: number;
            };
        };
        AudienceExportAsked: {
            /** @default workbench */
            by: string;
            /**
             * @default zh
             * @enum {string}
             */
            language: "zh" | "en";
            /**
             * @default marketing
             * @enum {string}
             */
            purpose: "marketing" | "analysis";
        };
        AudienceList: {
            audiences: components["schemas"]["AudienceRow"][];
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        AudienceMetric: {
            label: components["schemas"]["Text"];
            unit: string;
            value: string;
        };
        AudienceOverlap: {
            exactly: components["schemas"]["AudienceSharedRow"][];
            pairs: components["schemas"]["AudiencePair"][];
            sizes: {
                [key: string]: number;
            };
        };
        AudienceOverlapAsked: {
            draft?: {
                [key: string]: unknown;
            } | null;
            names: string[];
        };
        AudiencePair: {
            a: string;
            b: string;
            of_both: number | null;
            of_smaller: number | null;
            people: number;
        };
        AudiencePart: {
            kind: string;
            people: number;
        };
        AudiencePick: {
            label: components["schemas"]["Text"];
            value: string;
        };
        AudiencePreview: {
            among: number;
            /** Format: date */
            as_of: string;
            evidence: string;
            parts: components["schemas"]["AudiencePart"][];
            purpose: string;
            reachable: number;
            share: number | null;
            size: number;
            warnings: components["schemas"]["Text"][];
            withheld: components["schemas"]["AudienceWithheld"][];
        };
        AudienceRow: {
            as_of: string | null;
            document: {
                [key: string]: unknown;
            };
            label: string;
            name: string;
            people: number;
            /** Format: date-time */
            saved_at: string;
            version: number;
        };
        AudienceSharedRow: {
            audiences: string[];
            people: number;
        };
        AudienceUseRow: {
            /** Format: date-time */
            at: string;
            detail: {
                [key: string]: unknown;
            };
            people: number;
            purpose: string;
        };
        AudienceWithheld: {
            label: components["schemas"]["Text"];
            people: number;
            reason: string;
        };
        AudiencesTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "audiences";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
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
        BackTestRow: {
            coverage_of_80: number;
            curve: number;
            products: number;
            store_mean: number;
            straight_line: number;
        };
        BalanceAnswer: {
            adds_up: boolean;
            currency: string;
            /** @default {} */
            evidence: {
                [key: string]: "counted" | "estimated" | "declared" | "attributed" | "measured";
            };
            /** Format: date */
            first: string;
            /** Format: date */
            last: string;
            n_rows: number;
            reasons: components["schemas"]["zhanggui__understand__inventory__answer_rows__Moved"][];
            rows: components["schemas"]["BalanceLine"][];
            warehouses: components["schemas"]["BalanceLine"][];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        BalanceLine: {
            closing: number;
            counted: number;
            day: string | null;
            difference: number;
            difference_money: number | null;
            issued: number;
            opening: number;
            received: number;
            sku: string;
            warehouse: string;
        };
        BandRow: {
            high: number | null;
            low: number;
            net_revenue: number;
            profit: number;
            skus: number;
            units: number;
        };
        BarTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "bar";
            refresh_seconds?: number | null;
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
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        BehaviourAnswer: {
            categories: components["schemas"]["ProfileRow"][];
            category: string | null;
            counts: number[][];
            evidence: string;
            peak: components["schemas"]["Peak"];
            segment: string | null;
            segments: components["schemas"]["ProfileRow"][];
            warnings: components["schemas"]["Text"][];
            what: string;
            without_hour: number;
        };
        BelowCost: {
            lines: components["schemas"]["TableData"];
            skus: components["schemas"]["TableData"];
        };
        "Benefit-Input": {
            /** @default 0 */
            cost: number | string;
            name: string;
            /** @default false */
            on_birthday: boolean;
        };
        "Benefit-Output": {
            /** @default 0 */
            cost: string;
            name: string;
            /** @default false */
            on_birthday: boolean;
        };
        BenefitRow: {
            benefit: string;
            cost: number;
            members: number;
            note: components["schemas"]["Text"] | null;
            tier: string;
            when: components["schemas"]["Text"];
        };
        Bin: {
            first_day: number;
            intervals: number;
            last_day: number | null;
        };
        BorderRow: {
            /** @enum {string} */
            set_by: "median" | "shop";
            value: number;
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
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        BundleRow: {
            a_name: string;
            b_name: string;
            break_even_uptake: number | null;
            cannibalised: number;
            /** @enum {string} */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            gain: number;
            net: number;
            price: number;
            store: string | null;
            uptake: number;
            usual_price: number;
        };
        Calculated: {
            catalogue_id: string;
            expression: components["schemas"]["Text"];
            formula: string;
            inputs: {
                [key: string]: number;
            };
            light?: ("green" | "amber" | "red") | null;
            note?: components["schemas"]["Text"] | null;
            results: components["schemas"]["Line"][];
        };
        CalculatorRow: {
            catalogue_id: string;
            expression: components["schemas"]["Text"];
            inputs: components["schemas"]["Input"][];
            name: string;
            note: components["schemas"]["Text"] | null;
            title: components["schemas"]["Text"];
        };
        CalculatorsAnswer: {
            calculators: components["schemas"]["CalculatorRow"][];
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        CalculatorsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "calculators";
            refresh_seconds?: number | null;
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
        Card: {
            cause: string;
            cause_label: components["schemas"]["Text"];
            checklist: components["schemas"]["Text"][];
            evidence: components["schemas"]["EvidenceRow"][];
            /** @enum {string} */
            evidence_grade: "counted" | "estimated" | "declared" | "attributed" | "measured";
            merchant_code: string;
            money_at_stake: number | null;
            owner: components["schemas"]["Text"];
            q_value: number | null;
            size_fault_orders: number | null;
            size_fault_times: number | null;
            text: components["schemas"]["Text"];
            title: string;
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
        ChannelRow: {
            buyers: number | null;
            cac: number | null;
            channel: string;
            conversion: number | null;
            /** @enum {string} */
            evidence: "counted" | "declared";
            label: components["schemas"]["Text"];
            /** @enum {string} */
            light: "green" | "amber" | "red" | "unknown";
            ltv: number | null;
            ltv_per_cac: number | null;
            margin: number | null;
            net_revenue: number | null;
            new_buyers: number | null;
            order_value: number | null;
            orders: number | null;
            paid: number;
            payback_days: number | null;
            profit: number | null;
            profit_before_spend: number | null;
            profit_per_visitor: number | null;
            quadrant: ("top_left" | "top_right" | "bottom_left" | "bottom_right") | null;
            refund_rate: number | null;
            repeat_rate: number | null;
            spend: number;
            store: string;
            value_per_visitor: number | null;
            visitors: number | null;
            visits: number | null;
        };
        ChannelsAnswer: {
            by: string;
            /** @default [] */
            channels: components["schemas"]["ChannelRow"][];
            /** @default [] */
            claims: components["schemas"]["ClaimRow"][];
            conversion_border: number | null;
            /** @default [] */
            cube: components["schemas"]["CubeRow"][];
            currency: string;
            healthy: number;
            margin_border: number | null;
            /** @default [] */
            parts: components["schemas"]["PartRow"][];
            warnings: components["schemas"]["Text"][];
        };
        ChartData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            href?: (string | null)[] | null;
            /** @default false */
            is_all_clear: boolean;
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
        CheckRow: {
            is_doubtful: boolean;
            label: components["schemas"]["Text"];
            name: string;
            p_value: number;
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
        ChoiceRow: {
            advice: string;
            advice_label: components["schemas"]["Text"];
            profit: number | null;
            reasons: components["schemas"]["Text"][];
            sku_id: string;
            store: string;
            title: string;
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
        ClaimRow: {
            claimed: number;
            /** @enum {string} */
            evidence: "counted" | "declared";
            over_claim: number | null;
            seen: number | null;
            store: string;
        };
        ClearFields: {
            fields: components["schemas"]["PersonalField"][];
        };
        ClusterLine: {
            customers: number;
            median_days_since: number;
            median_frequency: number;
            median_net_revenue: number;
        };
        ClustersAnswer: {
            agreement_with_segments: number;
            /** Format: date */
            as_of: string;
            clusters: components["schemas"]["ClusterLine"][];
            drift: number | null;
            evidence: string;
            has_drifted: boolean | null;
            k: number;
            silhouettes: {
                [key: string]: number;
            };
            stability: number;
            stability_lowest: number;
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
        CompanionRow: {
            a: string;
            a_name: string;
            b: string;
            b_name: string;
            confidence: number;
            controlled_lift: number;
            is_made_by_promotion: boolean;
            is_stable: boolean;
            lift: number;
            order_value_change: number | null;
            orders: number;
            profit_weighted_lift: number | null;
            q_value: number;
            span_lifts: (number | null)[];
            store: string | null;
        };
        CompanionsAnswer: {
            bundles: components["schemas"]["BundleRow"][];
            currency: string;
            level: string;
            losing_bundles: number;
            neighbours: components["schemas"]["NeighbourRow"][];
            pairs: components["schemas"]["CompanionRow"][];
            warnings: components["schemas"]["Text"][];
        };
        ContrastRow: {
            at_least: number;
            condition: {
                [key: string]: unknown;
            };
            event: string;
            high: number;
            is_clear: boolean;
            lift: number;
            low: number;
            people: number;
            q_value: number;
            rate_with: number;
            rate_without: number;
        };
        ContrastsAnswer: {
            accounts: number;
            /** Format: date */
            as_of: string;
            buyers: number;
            evidence: string;
            found: components["schemas"]["ContrastRow"][];
            warnings: components["schemas"]["Text"][];
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
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        CountApproval: {
            by: string;
            count_id: string;
        };
        CountRow: {
            adjusted: number;
            approved_by: string | null;
            count_id: string;
            /** Format: date */
            day: string;
            goods: number;
            off: number;
            shortage: number | null;
            surplus: number | null;
            unpriced: number;
            warehouses: string[];
        };
        CountedRow: {
            book: number;
            count_id: string;
            counted: number;
            /** Format: date-time */
            counted_at: string;
            difference: number;
            is_adjusted: boolean;
            money: number | null;
            name: string;
            sku: string;
            warehouse: string;
        };
        CountsAnswer: {
            count_id: string | null;
            counts: components["schemas"]["CountRow"][];
            currency: string;
            /** @default {} */
            evidence: {
                [key: string]: "counted" | "estimated" | "declared" | "attributed" | "measured";
            };
            /** Format: date */
            first: string;
            /** Format: date */
            last: string;
            rows: components["schemas"]["CountedRow"][];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        CreatorDesk: {
            creators: components["schemas"]["TableData"];
            sessions: components["schemas"]["TableData"];
        };
        CubeRow: {
            channel: string;
            customer: string;
            label: components["schemas"]["Text"];
            orders: number;
            product: string;
            product_name: string;
            profit: number | null;
            revenue: number;
            units: number;
        };
        CurvePoint: {
            cash: number;
            profit: number;
        };
        CutPoints: {
            /** Format: date */
            as_of: string;
            days_since: number[];
            frequency: number[];
            money: number[];
        };
        Day: {
            /** Format: date */
            day: string;
            units: number;
            visitors: number | null;
        };
        Decile: {
            actual: number;
            customers: number;
            decile: number;
            forecast: number;
        };
        Decision: {
            decision: string;
            due?: string | null;
            owner?: string | null;
            sku_id: string;
            store: string;
        };
        DecisionRow: {
            /** @enum {string} */
            action: "undo" | "restore";
            /** Format: date-time */
            decided_at: string;
            decided_by: string;
            merge_id: string;
            reason: string;
        };
        DeclaredRow: {
            cart_rate: number | null;
            carts_a_day: number | null;
            days: number;
            level: string;
            order_rate: number | null;
            ordered_buyers_a_day: number | null;
            overall: number | null;
            paid_buyers_a_day: number | null;
            pay_rate: number | null;
            platform: string;
            shop: string;
            visitors_a_day: number | null;
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
        DomainSide: {
            buyers: number;
            net: number;
            net_each: number;
            orders: number;
            paid: number;
            paid_each: number;
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
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
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
        Due: {
            /** Format: date */
            day: string;
            /**
             * @default estimated
             * @constant
             */
            evidence: "estimated";
            interval_days: number;
            is_own_rhythm: boolean;
            own_intervals: number;
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
        EffectRow: {
            against: string;
            buyers_brought: components["schemas"]["Estimate"];
            complaints: components["schemas"]["Estimate"];
            complaints_change: components["schemas"]["Estimate"];
            group: string;
            is_clear: boolean;
            net_per_person: components["schemas"]["Estimate"];
            profit_brought: components["schemas"]["Estimate"];
            profit_per_person: components["schemas"]["Estimate"];
            share: components["schemas"]["Estimate"];
            share_change: components["schemas"]["Estimate"];
        };
        ElasticityRow: {
            code: string;
            elasticity: number | null;
            level: string;
            price_changes: number;
            reason: components["schemas"]["Text"] | null;
            standard_error: number | null;
            store: string | null;
            title: string;
            units: number;
        };
        ElasticityShown: {
            high: number;
            low: number;
            n_changes: number;
            source: string;
            value: number;
        };
        EnteredBorders: {
            x?: number | null;
            y?: number | null;
        };
        EnteredRules: {
            /**
             * @default skip
             * @enum {string}
             */
            direct: "skip" | "keep";
            /** @default 7 */
            half_life_days: number;
            /** @default 30 */
            look_back_days: number;
            /**
             * @default deduct
             * @enum {string}
             */
            refunds: "deduct" | "keep";
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
        Estimate: {
            high: number | null;
            low: number | null;
            value: number | null;
        };
        EvidenceCount: {
            links: number;
            rule: string;
            rule_label: components["schemas"]["Text"];
            state: string;
            state_label: components["schemas"]["Text"];
        };
        EvidenceRow: {
            day: string | null;
            kind: string;
            order_id: string | null;
            source: string;
            stars: number | null;
            text: string;
            topic: string;
        };
        Expected: {
            chance_of_purchase: number;
            churn_probability: number;
            /**
             * @default estimated
             * @constant
             */
            evidence: "estimated";
            horizon_days: number;
            model: string;
            profit: number | null;
            purchases: number;
            revenue: number | null;
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
        FigureRow: {
            label: components["schemas"]["Text"];
            name: string;
            of_all: number;
            of_group: number;
            unit: string;
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
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
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
        FlowBand: {
            n: number;
            source: string;
            step: number;
            target: string | null;
        };
        FlowRow: {
            after: string;
            before: string;
            customers: number;
            step: number;
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
        ForecastAnswer: {
            course: components["schemas"]["WeekRow"][];
            currency: string;
            days: number;
            /** @default {} */
            evidence: {
                [key: string]: "counted" | "estimated" | "declared" | "attributed" | "measured";
            };
            expected: number;
            /** Format: date */
            first: string;
            history_weeks: number;
            /** Format: date */
            last: string;
            n_rows: number;
            rows: components["schemas"]["ForecastRow"][];
            trials: components["schemas"]["zhanggui__understand__inventory__forecast_answer__TrialRow"][];
            tried_weeks: number;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        ForecastRow: {
            category: string;
            expected: number;
            model: string;
            model_name: components["schemas"]["Text"];
            name: string;
            q50: number;
            q80: number;
            q90: number;
            q95: number;
            sku: string;
            sold_28_days: number;
            weeks: number[];
        };
        FunnelAnswer: {
            by: string | null;
            carts: components["schemas"]["zhanggui__understand__traffic__funnel_answer__CartRow"];
            compared_from: string | null;
            compared_to: string | null;
            currency: string | null;
            /** Format: date */
            date_from: string;
            /** Format: date */
            date_to: string;
            declared: components["schemas"]["DeclaredRow"][];
            /**
             * @default estimated
             * @constant
             */
            evidence: "estimated";
            groups: components["schemas"]["GroupFunnel"][];
            leaks: components["schemas"]["LeakRow"][];
            overall: number | null;
            /** @enum {string} */
            per: "person" | "visit";
            profit_per_order: number | null;
            steps: components["schemas"]["StepRow"][];
            warnings: components["schemas"]["Text"][];
            window_days: number | null;
            worst_step: string | null;
        };
        FunnelData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
            partial?: components["schemas"]["Text"] | null;
            stages: components["schemas"]["FunnelStage"][];
            /**
             * @default count
             * @enum {string}
             */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        FunnelStage: {
            before?: number | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            href?: string | null;
            /** @default false */
            is_worst: boolean;
            key: string;
            label: components["schemas"]["Text"];
            money?: number | null;
            of_first?: number | null;
            of_previous?: number | null;
            of_previous_before?: number | null;
            value?: number | null;
        };
        FunnelTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "funnel";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Given: {
            owner: string;
        };
        Goal: {
            goal: number | null;
            metric: string;
        };
        GoodsRow: {
            bought: number;
            carts: number;
            category: string | null;
            favourites: number;
            last_day: string | null;
            product_id: string;
            title: string | null;
            views: number;
        };
        GroupFunnel: {
            counts: number[];
            overall: number | null;
            rates: (number | null)[];
            value: string | null;
            worst_step: string | null;
        };
        GroupRow: {
            assigned: number;
            buyers: number;
            complaints: number;
            delivered: number;
            followed: number;
            is_control: boolean;
            name: string;
            net_per_person: components["schemas"]["Estimate"];
            orders: number;
            people: number;
            profit_per_person: components["schemas"]["Estimate"];
            share: components["schemas"]["Estimate"];
        };
        HealthAnswer: {
            ages: components["schemas"]["Part"][];
            bands: components["schemas"]["Part"][];
            by_abc: components["schemas"]["Part"][];
            by_category: components["schemas"]["Part"][];
            by_warehouse: components["schemas"]["Part"][];
            cost_of_goods: number | null;
            currency: string;
            days_of_stock: number | null;
            dead_value: number | null;
            /** @default {} */
            evidence: {
                [key: string]: "counted" | "estimated" | "declared" | "attributed" | "measured";
            };
            /** Format: date */
            first: string;
            /** Format: date */
            last: string;
            lost_margin: components["schemas"]["Ranged"];
            lost_revenue: components["schemas"]["Ranged"];
            lost_units: number;
            mean_stock_value: number | null;
            never_in_stock: number;
            rules: {
                [key: string]: number;
            };
            score: components["schemas"]["ScoreParts"] | null;
            sku_days_on_sale: number;
            sku_days_out: number;
            skus: components["schemas"]["SkuHealth"][];
            slow_rate: number | null;
            slow_sku_rate: number | null;
            stock_out_rate: number | null;
            stock_value: number | null;
            turns: number | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        HeatmapData: {
            cols: components["schemas"]["Text"][];
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Hits: {
            least_share: number;
            products: number;
            share_of_products: number;
            share_of_revenue: number;
            titles: string[];
        };
        IdRow: {
            confidence: number;
            key: string;
            kind: string;
            label: components["schemas"]["Text"];
            shown: string;
        };
        Input: {
            example: number | null;
            label: components["schemas"]["Text"];
            /** @default 0 */
            least: number;
            name: string;
            /** @enum {string} */
            unit: "money" | "ratio" | "count";
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
        Item: {
            advice: string;
            advice_label: components["schemas"]["Text"];
            decision?: string | null;
            due?: string | null;
            owner?: string | null;
            profit: number | null;
            reasons: components["schemas"]["Text"][];
            sku_id: string;
            store: string;
            title: string;
            units: number;
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
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        JourneyAnswer: {
            days_to_convert: number | null;
            events: components["schemas"]["JourneyEvent"][];
            /**
             * @default counted
             * @constant
             */
            evidence: "counted";
            look_back_days: number;
            n_devices: number;
            order_id: string;
            /** Format: date-time */
            ordered_at: string;
            person: string;
            visits: components["schemas"]["JourneyVisit"][];
            warnings: components["schemas"]["Text"][];
        };
        JourneyEvent: {
            /** Format: date-time */
            at: string;
            event: string;
            item: string | null;
            label: components["schemas"]["Text"];
            page: string | null;
            term: string | null;
        };
        JourneyVisit: {
            campaign: string | null;
            channel: string;
            creative: string | null;
            device: string | null;
            /** Format: date-time */
            ended_at: string;
            entry: string | null;
            exit: string | null;
            has_cart: boolean;
            is_ordering: boolean;
            label: components["schemas"]["Text"];
            pages: number;
            referrer: string | null;
            /** Format: date-time */
            started_at: string;
        };
        KindCount: {
            ids: number;
            kind: string;
            label: components["schemas"]["Text"];
            tied: number;
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
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
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
        LeakRow: {
            label: components["schemas"]["Text"];
            lost: number;
            people: components["schemas"]["LostPerson"][];
            profit_lost: number | null;
            step: string;
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
        LeftOutRow: {
            name: string;
            reason: string;
            reason_text: components["schemas"]["Text"];
            sku: string;
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
        Line: {
            label: components["schemas"]["Text"];
            name: string;
            text: components["schemas"]["Text"];
            /** @enum {string} */
            unit: "money" | "ratio" | "count";
            value: number | null;
        };
        LineTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "line";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        LinkChannel: {
            label: components["schemas"]["Text"];
            medium: string;
            name: string;
            source: string;
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
        LinkRow: {
            /** Format: date-time */
            added_at: string;
            address: string;
            bots: number;
            channel: string;
            clicks: number;
            code: string;
            label: components["schemas"]["Text"];
            last_click_at: string | null;
            qr: string;
            remark: string;
            short: string;
            tags: {
                [key: string]: string;
            };
            target: string;
        };
        LinkTag: {
            label: components["schemas"]["Text"];
            name: string;
        };
        LinksAnswer: {
            channels: components["schemas"]["LinkChannel"][];
            /**
             * @default [
             *       "clickid",
             *       "ttclid",
             *       "click_id",
             *       "gclid",
             *       "msclkid",
             *       "callback"
             *     ]
             */
            click_ids: string[];
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
            links: components["schemas"]["LinkRow"][];
            partial?: components["schemas"]["Text"] | null;
            tags: components["schemas"]["LinkTag"][];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        LinksTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "links";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
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
        LostPerson: {
            /** Format: date-time */
            last_seen: string;
            person: string;
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
            refresh_seconds?: number | null;
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
        MarkdownAnswer: {
            cash: number | null;
            cash_kept: number | null;
            currency: string;
            elasticity: components["schemas"]["ElasticityShown"];
            /** @default {} */
            evidence: {
                [key: string]: "counted" | "estimated" | "declared" | "attributed" | "measured";
            };
            fee_rate: number;
            /** Format: date */
            first: string;
            gain: number | null;
            gain_high: number | null;
            gain_low: number | null;
            keep: number;
            /** Format: date */
            last: string;
            n_rows: number;
            rows: components["schemas"]["MarkdownRow"][];
            terms: {
                [key: string]: number | boolean | null;
            };
            unpriced: number;
            untold: components["schemas"]["UntoldRow"][];
            value: number | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        MarkdownRow: {
            band: string;
            cash: number | null;
            cash_kept: number | null;
            cut: number;
            gain: number | null;
            gain_high: number | null;
            gain_low: number | null;
            name: string;
            new_price: number | null;
            on_hand: number;
            price: number | null;
            profit: number | null;
            sku: string;
            units: number;
            units_kept: number;
            value: number | null;
        };
        MatchedRow: {
            alike_spent: number | null;
            /** Format: date */
            day: string;
            high: number | null;
            low: number | null;
            matched: number;
            members: number;
            ratio: number | null;
            spent: number | null;
        };
        MatrixAnswer: {
            borders: {
                [key: string]: components["schemas"]["BorderRow"];
            };
            currency: string;
            /** Format: date */
            date_from: string;
            /** Format: date */
            date_to: string;
            /** @enum {string} */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            hot_but_poor: components["schemas"]["PoorRow"][];
            moves: components["schemas"]["MoveRow"][];
            quadrants: components["schemas"]["QuadrantSum"][];
            selection: components["schemas"]["ChoiceRow"][];
            skus: components["schemas"]["SkuRow"][];
            unshared: number;
            warnings: components["schemas"]["Text"][];
        };
        MeasuredRow: {
            campaigns: number;
            held: number;
            high: number;
            low: number;
            orders: number;
            sent: number;
        };
        Meeting: {
            currency: string;
            /** Format: date */
            date_from: string;
            /** Format: date */
            date_to: string;
            /** Format: date */
            frozen_on: string;
            items: components["schemas"]["Item"][];
            meeting_id: number;
            name: string;
        };
        MeetingTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "meeting";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        MeetingsAnswer: {
            meetings: components["schemas"]["Meeting"][];
        };
        "MemberRules-Input": {
            /** @default 90 */
            active_days: number;
            /**
             * @default {
             *       "life_days": 365,
             *       "per_yuan": 1
             *     }
             */
            points: components["schemas"]["PointsRules"];
            tiers: components["schemas"]["Tier-Input"][];
            /** @default 365 */
            window_days: number;
        };
        "MemberRules-Output": {
            /** @default 90 */
            active_days: number;
            /**
             * @default {
             *       "life_days": 365,
             *       "per_yuan": 1
             *     }
             */
            points: components["schemas"]["PointsRules"];
            tiers: components["schemas"]["Tier-Output"][];
            /** @default 365 */
            window_days: number;
        };
        MembersAnswer: {
            active_rate: number | null;
            /** Format: date */
            as_of: string;
            benefits: components["schemas"]["BenefitRow"][];
            currency: string;
            members: number;
            moves: components["schemas"]["Move"][];
            n_down: number;
            n_up: number;
            points: components["schemas"]["PointsAnswer"];
            /** Format: date */
            since: string;
            tied: number;
            tiers: components["schemas"]["TierRow"][];
            warnings: components["schemas"]["Text"][];
            window_days: number;
        };
        MergeRow: {
            batch_id: number;
            confidence: number;
            left: string;
            /** @enum {string} */
            left_kind: "buyer" | "member" | "contact" | "union" | "phone";
            merge_id: string;
            right: string;
            /** @enum {string} */
            right_kind: "buyer" | "member" | "contact" | "union" | "phone";
            row_no: number;
            rule: string;
            rule_label: components["schemas"]["Text"];
            state: string;
            state_label: components["schemas"]["Text"];
        };
        MergesAnswer: {
            decisions: components["schemas"]["DecisionRow"][];
            merges: components["schemas"]["MergeRow"][];
            n_merges: number;
            page: number;
        };
        MergesTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "merges";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        MessageRow: {
            campaign: string | null;
            channel: string | null;
            is_holdout: boolean;
            /** Format: date */
            planned_on: string;
            was_clicked: boolean;
            was_delivered: boolean;
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
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
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
        MigrationAnswer: {
            days: string[];
            evidence: string;
            flows: components["schemas"]["FlowRow"][];
            warnings: components["schemas"]["Text"][];
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
            explained: number;
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
        Move: {
            /** Format: date */
            due: string;
            member: string;
            orders: number;
            spent: number;
            tier: string;
            to: string;
            /** @enum {string} */
            way: "up" | "down";
        };
        MoveRow: {
            after: string;
            before: string;
            /** Format: date */
            month: string;
            profit: number | null;
            sku_id: string;
            store: string;
            title: string;
            units: number;
        };
        MoveTo: {
            store: string;
        };
        MovingRow: {
            /** @enum {string} */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            never_in_stock: number;
            on_sale: number;
            rate: number | null;
            sold: number;
            still: [
                string,
                number
            ][];
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
        NeighbourRow: {
            a_name: string;
            b_name: string;
            b_per_a: number;
            orders_a_day: number;
            store: string | null;
        };
        NewMeeting: {
            name: string;
            /** @default [] */
            view: [
                string,
                string
            ][];
        };
        NewName: {
            name: string;
        };
        NewRow: {
            days: number;
            expected: number | null;
            /** Format: date */
            first_sold: string;
            high: number | null;
            hit_chance: number | null;
            low: number | null;
            product_id: string;
            store: string;
            title: string;
            units: number;
            units_first_week: number;
            units_four_weeks: number | null;
        };
        NextUpload: {
            gives: components["schemas"]["Text"];
            href?: string | null;
            menu: components["schemas"]["Text"];
            platform?: components["schemas"]["Text"] | null;
            title: components["schemas"]["Text"];
        };
        OrderRepurchaseAnswer: {
            /** Format: date */
            date_from: string;
            /** Format: date */
            date_to: string;
            days: number;
            /**
             * @default counted
             * @constant
             */
            evidence: "counted";
            followed: number;
            high: number;
            identifiable: components["schemas"]["PlatformShare"][];
            low: number;
            orders: number;
            rate: number;
            warnings: components["schemas"]["Text"][];
        };
        OrderRow: {
            batch_id: number;
            channel: string | null;
            /** Format: date */
            created_on: string;
            order_id: string;
            paid: number | null;
            paid_on: string | null;
            refunded: number;
            row_no: number;
            status: string | null;
            status_label: components["schemas"]["Text"] | null;
            store: string;
        };
        OrderTouches: {
            /** Format: date-time */
            at: string;
            currency: string;
            is_first_order: boolean;
            order_id: string;
            profit: number | null;
            revenue: number;
            touches: components["schemas"]["TouchRow"][];
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
            refresh_seconds?: number | null;
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
        Part: {
            key: string;
            label: components["schemas"]["Text"];
            share: number | null;
            skus: number;
            units: number;
            value: number | null;
        };
        PartLines: {
            lines: components["schemas"]["AccountLine"][];
            name: components["schemas"]["Text"];
        };
        PartRow: {
            cac: number | null;
            claimed_orders: number | null;
            clicks: number | null;
            conversion: number | null;
            cost_per_click: number | null;
            label: components["schemas"]["Text"];
            name: string;
            new_buyers: number | null;
            order_value: number | null;
            orders: number | null;
            profit: number | null;
            profit_after_spend: number | null;
            revenue: number | null;
            shown: number | null;
            spend: number;
            value_per_visitor: number | null;
            visitors: number | null;
        };
        Partner: {
            confidence: number;
            lift: number;
            orders: number;
            product_id: string;
            q_value: number;
            title: string;
        };
        PathEdge: {
            n: number;
            n_buying: number;
            source: string | null;
            target: string | null;
        };
        PathNode: {
            buyers_share: number | null;
            dwell_median_seconds: number | null;
            dwell_p90_seconds: number | null;
            entries: number;
            exit_share: number | null;
            exits: number;
            label: components["schemas"]["Text"];
            loops: number;
            lost: number;
            node: string;
            others_share: number | null;
            profit_lost: number | null;
            visits: number;
        };
        PathsAnswer: {
            buying_visits: number;
            currency: string | null;
            /** Format: date */
            date_from: string;
            /** Format: date */
            date_to: string;
            /** @enum {string} */
            direction: "forward" | "back";
            edges: components["schemas"]["PathEdge"][];
            /**
             * @default estimated
             * @constant
             */
            evidence: "estimated";
            flow: components["schemas"]["FlowBand"][];
            from_node: string | null;
            idle_cap_minutes: number;
            nodes: components["schemas"]["PathNode"][];
            profit_per_order: number | null;
            search_terms: components["schemas"]["TermAnswer"][];
            visits: number;
            warnings: components["schemas"]["Text"][];
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
        Peak: {
            hour: number;
            share: number;
            weekday: components["schemas"]["Text"];
        };
        PeopleAnswer: {
            evidence: components["schemas"]["EvidenceCount"][];
            ids: components["schemas"]["KindCount"][];
            persons_of_several_buyers: number;
            platforms: components["schemas"]["PlatformShare"][];
            warnings: components["schemas"]["Text"][];
        };
        PersonAnswer: {
            as_of: string | null;
            consent: components["schemas"]["Text"];
            currency: string;
            customer: string;
            events: {
                [key: string]: number;
            };
            expected: components["schemas"]["Expected"] | null;
            first_day: string | null;
            goods: components["schemas"]["GoodsRow"][];
            ids: components["schemas"]["IdRow"][];
            last_day: string | null;
            messages: components["schemas"]["MessageRow"][];
            net_revenue: number;
            next_order: components["schemas"]["Due"] | null;
            orders: components["schemas"]["OrderRow"][];
            orders_paid: number;
            person: string;
            personal: components["schemas"]["PersonalField"][];
            points: number | null;
            profit: number | null;
            reasons: components["schemas"]["Text"][];
            reviews: components["schemas"]["ReviewRow"][];
            segment: components["schemas"]["SegmentIn"] | null;
            stage: string | null;
            stage_label: components["schemas"]["Text"] | null;
            tags: components["schemas"]["TagRow"][];
            tier: string | null;
            warnings: components["schemas"]["Text"][];
        };
        PersonalField: {
            batch_id: number;
            is_masked: boolean;
            label: string;
            row_no: number;
            value: string;
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
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
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
        PointRow: {
            agreement_high: number;
            agreement_low: number;
            cac: number | null;
            campaign: string;
            channel: string;
            claimed_gmv: number | null;
            claimed_orders: number | null;
            creative: string;
            cycle_days: number | null;
            high: number | null;
            journeys: number;
            label: components["schemas"]["Text"];
            low: number | null;
            measured: components["schemas"]["MeasuredRow"] | null;
            name: string;
            new_buyers: number;
            /** @enum {string} */
            node: "golden" | "noise" | "ordinary" | "unknown";
            orders: number;
            over_claim: number | null;
            profit: number;
            profit_after_spend: number;
            removal_effect: number | null;
            revenue: number;
            roi_attributed: number | null;
            roi_incremental: number | null;
            roi_profit: number | null;
            seen_orders: number;
            spend: number;
            touches: number;
            wasted: number;
            works: boolean;
        };
        PointsAnswer: {
            booked: {
                [key: string]: number;
            };
            by_reason: {
                [key: string]: number;
            };
            members: number;
            members_below_zero: number;
            members_off: number;
            stated: number;
            summed: number;
        };
        PointsRules: {
            /** @default 365 */
            life_days: number;
            /** @default 1 */
            per_yuan: number;
        };
        PoorRow: {
            best: string;
            gains: {
                [key: string]: number;
            };
            profit: number;
            sku_id: string;
            store: string;
            title: string;
        };
        PortraitAnswer: {
            among: number;
            /** Format: date */
            as_of: string;
            currency: string;
            customers: number;
            /**
             * @default counted
             * @constant
             */
            evidence: "counted";
            false_share: number;
            figures: components["schemas"]["FigureRow"][];
            group: string[];
            identifiable: components["schemas"]["PlatformShare"][];
            label: components["schemas"]["Text"];
            share: number;
            traits: components["schemas"]["TraitRow"][];
            traits_tried: number;
            warnings: components["schemas"]["Text"][];
        };
        PositionAnswer: {
            currency: string;
            /** @default {} */
            evidence: {
                [key: string]: "counted" | "estimated" | "declared" | "attributed" | "measured";
            };
            /** Format: date */
            first: string;
            /** Format: date */
            last: string;
            oversold: number;
            rows: components["schemas"]["PositionRow"][];
            sellable_share: number | null;
            total: components["schemas"]["PositionRow"];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        PositionRow: {
            available: number;
            coming_back: number;
            in_transit: number;
            locked: number;
            name: string;
            on_hand: number;
            on_order: number | null;
            overdue: number | null;
            position: number | null;
            presale: number;
            sku: string;
            unshipped: number;
        };
        PreferencePerson: {
            customer: string;
            /** Format: date */
            last_day: string;
            of_pieces: number;
            pieces: number;
            reason: components["schemas"]["Text"];
            value: string;
        };
        PreferenceRow: {
            people: number;
            value: string;
        };
        PreferencesAnswer: {
            /** Format: date */
            as_of: string;
            evidence: string;
            examples: components["schemas"]["PreferencePerson"][];
            people: number;
            rule: components["schemas"]["Text"];
            values: components["schemas"]["PreferenceRow"][];
            warnings: components["schemas"]["Text"][];
            what: string;
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
        PrivateDomainAnswer: {
            /** Format: date */
            as_of: string;
            contacts: components["schemas"]["DomainSide"];
            currency: string;
            days: number;
            /**
             * @default counted
             * @constant
             */
            evidence: "counted";
            high: number;
            identifiable: components["schemas"]["PlatformShare"][];
            low: number;
            others: components["schemas"]["DomainSide"];
            ratio: number;
            warnings: components["schemas"]["Text"][];
        };
        ProductAnswer: {
            ads: number;
            ahead: components["schemas"]["Ahead"];
            course: components["schemas"]["Day"][];
            currency: string;
            /** Format: date */
            date_from: string;
            /** Format: date */
            date_to: string;
            merchant_code: string;
            net_revenue: number;
            net_units: number;
            partners: components["schemas"]["Partner"][];
            product_id: string;
            profit: number | null;
            returns: components["schemas"]["ReturnsAnswer"] | null;
            skus: components["schemas"]["SkuRow"][];
            stock: components["schemas"]["Stock"];
            stores: string[];
            title: string;
            traffic: components["schemas"]["Traffic"];
            units: number;
            warnings: components["schemas"]["Text"][];
        };
        ProfileRow: {
            differs: boolean;
            index: number | null;
            label: components["schemas"]["Text"];
            name: string;
            orders: number;
            peak_hour: number;
            q_value: number | null;
            share: number;
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
        ProposalRow: {
            available: number;
            case_units: number;
            cash: number;
            category: string;
            empty_chance: number;
            expected_on: string | null;
            expected_profit: number;
            fractile: number;
            is_cut: boolean;
            is_raised: boolean;
            lead_days: number;
            name: string;
            order_on: string | null;
            order_up_to: number;
            position: number;
            quantity: number;
            reorder_point: number;
            safety_stock: number;
            sku: string;
            stock_lasts_days: number | null;
            supplier: string;
            unit_cost: number;
            wanted: number;
            weekly_demand: number;
        };
        PurchaseLine: {
            case_units: number;
            cash: number;
            empty_chance: number;
            expected_on?: string | null;
            expected_profit: number;
            name: string;
            order_on?: string | null;
            position: number;
            quantity: number;
            reorder_point: number;
            safety_stock: number;
            sku: string;
            supplier: string;
            wanted: number;
        };
        PurchasesData: {
            cash?: number | null;
            cash_wanted?: number | null;
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
            partial?: components["schemas"]["Text"] | null;
            profit?: number | null;
            profit_bound?: number | null;
            /** @default [] */
            rows: components["schemas"]["PurchaseLine"][];
            units?: number | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        PurchasesTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "purchases";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        "PutAway-Input": {
            days: number;
            /** @default  */
            note: string;
        };
        "PutAway-Output": {
            file_id: number;
        };
        Quadrant: {
            action?: components["schemas"]["Text"] | null;
            /** @enum {string} */
            at: "top_left" | "top_right" | "bottom_left" | "bottom_right";
            href?: string | null;
            n: number;
            name: components["schemas"]["Text"];
        };
        QuadrantAxis: {
            border?: number | null;
            /** @default false */
            is_moved: boolean;
            label: components["schemas"]["Text"];
            rule?: components["schemas"]["Text"] | null;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
        };
        QuadrantPoint: {
            /** @enum {string} */
            at: "top_left" | "top_right" | "bottom_left" | "bottom_right";
            href?: string | null;
            name: string | components["schemas"]["Text"];
            x: number;
            y: number;
        };
        QuadrantSum: {
            action: components["schemas"]["Text"];
            at: string;
            label_en: string;
            label_zh: string;
            name: string;
            net_revenue: number;
            profit: number;
            rule: components["schemas"]["Text"];
            skus: number;
            units: number;
        };
        QuadrantsData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
            /** @default false */
            is_wide: boolean;
            partial?: components["schemas"]["Text"] | null;
            points: components["schemas"]["QuadrantPoint"][];
            quadrants: components["schemas"]["Quadrant"][];
            save_to?: string | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
            x: components["schemas"]["QuadrantAxis"];
            y: components["schemas"]["QuadrantAxis"];
        };
        QuadrantsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "quadrants";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
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
            refresh_seconds?: number | null;
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
            refresh_seconds?: number | null;
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
        Ranged: {
            high: number | null;
            low: number | null;
            value: number | null;
        };
        Rate: {
            delivered: number;
            name: string;
            rate: number | null;
            returned: number;
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
        ReadBack: {
            meeting: components["schemas"]["Meeting"];
            results: components["schemas"]["Result-Output"][];
            until: string | null;
            warnings: components["schemas"]["Text"][];
        };
        ReadingView: {
            encoding: string | null;
            header_row: number;
            kind: string;
            sheet: string | null;
            table: string;
        };
        Reason: {
            reason: string;
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
        RemovedLink: {
            code: string;
        };
        ReplenishAnswer: {
            budget: number | null;
            cash: number;
            cash_wanted: number;
            currency: string;
            curve: components["schemas"]["CurvePoint"][];
            /** @default {} */
            evidence: {
                [key: string]: "counted" | "estimated" | "declared" | "attributed" | "measured";
            };
            /** Format: date */
            first: string;
            holding: number;
            /** Format: date */
            last: string;
            left_out: components["schemas"]["LeftOutRow"][];
            n_left_out: {
                [key: string]: number;
            };
            n_rows: number;
            profit: number;
            profit_bound: number;
            record: components["schemas"]["zhanggui__understand__inventory__replenish_answer__Warned"];
            review_days: number;
            rows: components["schemas"]["ProposalRow"][];
            stress: components["schemas"]["StressShown"] | null;
            suppliers: components["schemas"]["SupplierRow"][];
            tuned: components["schemas"]["TunedRow"][];
            units: number;
            warned: components["schemas"]["WarnedRow"][];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
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
            refresh_seconds?: number | null;
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
        "Result-Input": {
            /** @default  */
            note: string;
            outcome: string;
        };
        "Result-Output": {
            decision: string;
            due: string | null;
            is_overdue: boolean;
            owner: string | null;
            profit_a_day_before: number | null;
            profit_a_day_since: number | null;
            sku_id: string;
            store: string;
            title: string;
            units_a_day_before: number;
            units_a_day_since: number | null;
        };
        ReturnRow: {
            by_size: components["schemas"]["Rate"][];
            delivered: number;
            good_share: number | null;
            merchant_code: string;
            return_rate: number | null;
            returned: number;
            reviews: number;
            size_fault: string | null;
            stores: string[];
            title: string;
            topics: components["schemas"]["TopicCount"][];
        };
        ReturnsAnswer: {
            by_batch: components["schemas"]["Rate"][];
            by_reason: components["schemas"]["TopicCount"][];
            by_region: components["schemas"]["Rate"][];
            by_supplier: components["schemas"]["Rate"][];
            currency: string;
            /** Format: date */
            date_from: string;
            diagnoses: components["schemas"]["Card"][];
            immature_lines: number;
            lag_days: {
                [key: string]: number;
            };
            matured_to: {
                [key: string]: string;
            };
            positive_from_stars: number;
            products: components["schemas"]["ReturnRow"][];
            rule: components["schemas"]["Text"];
            warnings: components["schemas"]["Text"][];
        };
        ReviewRow: {
            product_id: string | null;
            reviewed_on: string | null;
            stars: number | null;
            text: string | null;
        };
        RfmAnswer: {
            /** Format: date */
            as_of: string;
            currency: string;
            customers: number;
            cuts: components["schemas"]["CutPoints"];
            identifiable: components["schemas"]["PlatformShare"][];
            migration: components["schemas"]["zhanggui__understand__customers__rfm_desk__Moved"][];
            money: string;
            segments: components["schemas"]["SegmentRow"][];
            since: string | null;
            warnings: components["schemas"]["Text"][];
        };
        Row: {
            height?: ("s" | "m" | "l") | null;
            tiles: (components["schemas"]["SentenceTile"] | components["schemas"]["KpisTile"] | components["schemas"]["LineTile"] | components["schemas"]["BarTile"] | components["schemas"]["HeatmapTile"] | components["schemas"]["QuadrantsTile"] | components["schemas"]["TableTile"] | components["schemas"]["FindingsTile"] | components["schemas"]["DoorsTile"] | components["schemas"]["UploadTile"] | components["schemas"]["MapperTile"] | components["schemas"]["SavedMapsTile"] | components["schemas"]["BatchesTile"] | components["schemas"]["QuarantineTile"] | components["schemas"]["QualityTile"] | components["schemas"]["JobsTile"] | components["schemas"]["MetricCardTile"] | components["schemas"]["UploadsNextTile"] | components["schemas"]["LinksTile"] | components["schemas"]["CalculatorsTile"] | components["schemas"]["PurchasesTile"] | components["schemas"]["CostTableTile"] | components["schemas"]["StatementTile"] | components["schemas"]["WaterfallTile"] | components["schemas"]["SankeyTile"] | components["schemas"]["FunnelTile"] | components["schemas"]["BudgetTile"] | components["schemas"]["TreeTile"] | components["schemas"]["AlertsTile"] | components["schemas"]["AlertTile"] | components["schemas"]["AlertRulesTile"] | components["schemas"]["PinsTile"] | components["schemas"]["OwnMetricsTile"] | components["schemas"]["AudiencesTile"] | components["schemas"]["MergesTile"] | components["schemas"]["MeetingTile"] | components["schemas"]["StockCountsTile"] | components["schemas"]["TagsTile"] | components["schemas"]["ReportScheduleTile"])[];
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
        SankeyData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
            links: components["schemas"]["SankeyLink"][];
            nodes: components["schemas"]["SankeyNode"][];
            partial?: components["schemas"]["Text"] | null;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        SankeyLink: {
            href?: string | null;
            source: string;
            target: string;
            value: number;
        };
        SankeyNode: {
            depth: number;
            href?: string | null;
            /** @default false */
            is_end: boolean;
            key: string;
            label: components["schemas"]["Text"];
            value?: number | null;
        };
        SankeyTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "sankey";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
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
            refresh_seconds?: number | null;
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
        ScoreParts: {
            available: number;
            moving: number;
            points: number;
            right_sized: number;
        };
        Scores: {
            auc: number | null;
            bias: number | null;
            churn_auc: number | null;
            mae: number;
        };
        SegmentIn: {
            frequency: number;
            label: components["schemas"]["Text"];
            money: number;
            name: string;
            recency: number;
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
        SendHourRow: {
            acts: number;
            customer: string;
            hour: number;
            is_own: boolean;
            near_hour: number;
            reason: components["schemas"]["Text"];
            share: number;
        };
        SendHoursAnswer: {
            /** Format: date */
            as_of: string;
            by_hour: {
                [key: string]: number;
            };
            customers: components["schemas"]["SendHourRow"][];
            evidence: string;
            own: number;
            people: number;
            warnings: components["schemas"]["Text"][];
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
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Series: {
            /** @default [] */
            high: (number | null)[];
            /** @default [] */
            low: (number | null)[];
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
        ShopAttributionAnswer: {
            budget_utilisation: number | null;
            conversions: number;
            currency: string;
            /**
             * @default attributed
             * @constant
             */
            evidence: "attributed";
            models: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            /** @default Attribution shares out credit by a rule and proves no cause; what a channel really brings takes a control group. */
            note: string;
            /** @default 归因是按规则分配功劳，不证明因果；渠道真正带来多少，要用对照组测量。 */
            note_zh: string;
            nulls: number;
            orders_elsewhere: number;
            profit: number;
            profit_known: number;
            profits: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            removal_effects: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            settings: components["schemas"]["AttributionSettings"];
            spend: number;
            stores: string[];
            touch_points: components["schemas"]["PointRow"][];
            unknown: number;
            value: number;
            values: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            warnings: components["schemas"]["Text"][];
            wasted: number;
        };
        ShopName: {
            name: string;
        };
        SkuHealth: {
            band: string;
            category: string;
            cover_days: number | null;
            days_out: number;
            days_since_sale: number | null;
            demand_a_day: number | null;
            lost_revenue: number | null;
            lost_units: number;
            name: string;
            on_hand: number;
            sku: string;
            sold: number;
            value: number | null;
        };
        SkuRow: {
            abc: string | null;
            ads: number;
            merchant_code: string;
            net_revenue: number;
            net_units: number;
            product_id: string | null;
            profit: number | null;
            quadrant: string | null;
            return_share: number;
            sku_id: string;
            spec: string;
            store: string;
            title: string;
            units: number;
            xyz: string | null;
        };
        SoldOutRow: {
            name: string;
            rates: (number | null)[];
            received: number[];
            skus: number;
            sold: number[];
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
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
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
        StepRow: {
            before: number | null;
            label: components["schemas"]["Text"];
            lost: number;
            median_minutes: number | null;
            n: number;
            of_first: number | null;
            of_previous: number | null;
            of_previous_before: number | null;
            p90_minutes: number | null;
            profit_lost: number | null;
            profit_lost_high: number | null;
            profit_lost_low: number | null;
            step: string;
        };
        Stock: {
            as_of?: string | null;
            daily_units?: number | null;
            days_of_cover?: number | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            on_hand?: number | null;
            turns?: number | null;
        };
        StockCountLine: {
            adjusted: number;
            approved_by: string | null;
            count_id: string;
            day: string;
            goods: number;
            off: number;
            shortage: number | null;
            surplus: number | null;
            unpriced: number;
            warehouses: string[];
        };
        StockCountsData: {
            /** @default [] */
            counts: components["schemas"]["StockCountLine"][];
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        StockCountsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "stock_counts";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
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
        StressRow: {
            can_help: boolean;
            cash: number | null;
            empty_chance: number;
            expected: number;
            missing: number;
            name: string;
            /** Format: date */
            order_until: string;
            position: number;
            sku: string;
        };
        StressShown: {
            at_risk: number;
            days_ahead: number;
            /** Format: date */
            first_day: string;
            /** Format: date */
            last_day: string;
            name: components["schemas"]["Text"];
            rows: components["schemas"]["StressRow"][];
        };
        SupplierRow: {
            cash: number;
            is_held_back: boolean;
            lead_days: number | null;
            lead_source: string;
            lead_spread: number | null;
            least_units: number;
            received_lines: number;
            skus: number;
            supplier: string;
            units: number;
        };
        SuppressionAnswer: {
            people: number;
        };
        SuppressionAsked: {
            /** @default false */
            is_off: boolean;
            /** @default  */
            reason: string;
            tokens: string[];
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
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        TagFile: {
            toml: string;
        };
        TagLine: {
            days: components["schemas"]["TagSize"][];
            document: {
                [key: string]: unknown;
            };
            expires_days: number;
            half_life_days: number | null;
            label: components["schemas"]["Text"];
            name: string;
            needs_consent: boolean;
            people: number | null;
            rule: components["schemas"]["Text"];
            source: string[];
        };
        TagList: {
            acts: components["schemas"]["TagPick"][];
            as_of: string | null;
            categories: string[];
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
            partial?: components["schemas"]["Text"] | null;
            tags: components["schemas"]["TagLine"][];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        TagPerson: {
            acts: number;
            customer: string;
            /** Format: date */
            last_day: string;
            score: number;
        };
        TagPick: {
            label: components["schemas"]["Text"];
            value: string;
        };
        TagRow: {
            /** Format: date */
            last_day: string;
            name: string;
            score: number;
        };
        TagSize: {
            /** Format: date */
            as_of: string;
            people: number;
        };
        TagTried: {
            /** Format: date */
            as_of: string;
            people: number;
            rule: components["schemas"]["Text"];
            strongest: components["schemas"]["TagPerson"][];
            warnings: components["schemas"]["Text"][];
        };
        TagTry: {
            tag: {
                [key: string]: unknown;
            };
        };
        TagsBuilt: {
            /** Format: date */
            as_of: string;
            /** Format: date-time */
            built_at: string;
            sizes: {
                [key: string]: number;
            };
        };
        TagsEntered: {
            tags: {
                [key: string]: unknown;
            }[];
        };
        TagsKept: {
            kept: string[];
        };
        TagsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "tags";
            refresh_seconds?: number | null;
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
        TermAnswer: {
            cart_rate: number;
            order_rate: number;
            term: string;
            visits: number;
        };
        Text: {
            en: string;
            zh: string;
        };
        "Tier-Input": {
            /** @default [] */
            benefits: components["schemas"]["Benefit-Input"][];
            /** @default  */
            group: string;
            /** @default 0 */
            least_orders: number;
            /** @default 0 */
            least_spent: number | string;
            name: string;
        };
        "Tier-Output": {
            /** @default [] */
            benefits: components["schemas"]["Benefit-Output"][];
            /** @default  */
            group: string;
            /** @default 0 */
            least_orders: number;
            /** @default 0 */
            least_spent: string;
            name: string;
        };
        TierRow: {
            active_members: number;
            active_rate: number | null;
            benefits: string[];
            buyers: number;
            group: string;
            like_for_like: number | null;
            matched: components["schemas"]["MatchedRow"] | null;
            members: number;
            name: string;
            net_revenue: number;
            orders: number;
            ratio: number | null;
            rule: components["schemas"]["Text"];
            spending_per_buyer: number | null;
            spending_per_member: number | null;
        };
        TopicCount: {
            label_en: string;
            label_zh: string;
            n: number;
            topic: string;
        };
        TouchRow: {
            /** Format: date-time */
            at: string;
            campaign: string;
            channel: string;
            creative: string;
            credit: {
                [key: string]: number;
            };
            days_before: number;
            label: components["schemas"]["Text"];
            why_not: components["schemas"]["Text"] | null;
        };
        TourStop: {
            look_at: string | null;
            path: string;
            text: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
        };
        Traffic: {
            cart_share?: number | null;
            cart_units?: number | null;
            conversion?: number | null;
            /** @default 0 */
            days: number;
            /**
             * @default declared
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            favourites?: number | null;
            page_views?: number | null;
            paying_buyers?: number | null;
            search_visitors?: number | null;
            visitors?: number | null;
        };
        TraitRow: {
            about: string;
            about_label: components["schemas"]["Text"];
            in_all: number;
            in_group: number;
            is_distinct: boolean;
            lift: number;
            lift_high: number;
            lift_low: number;
            p_value: number;
            q_value: number;
            share_in_all: number;
            share_in_group: number;
            value: string;
            value_label: components["schemas"]["Text"];
        };
        TransferRow: {
            cover_from: number | null;
            cover_to: number | null;
            destination: string;
            name: string;
            saved_money: number | null;
            saved_units: number;
            sku: string;
            source: string;
            units: number;
        };
        TransfersAnswer: {
            allotments: components["schemas"]["AllotmentRow"][];
            currency: string;
            /** @default {} */
            evidence: {
                [key: string]: "counted" | "estimated" | "declared" | "attributed" | "measured";
            };
            /** Format: date */
            first: string;
            horizon_days: number;
            /** Format: date */
            last: string;
            n_allotments: number;
            n_rows: number;
            rows: components["schemas"]["TransferRow"][];
            saved_money: number | null;
            warehouses: string[];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        TreeData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        TrialAnswer: {
            checks: components["schemas"]["CheckRow"][];
            confidence: number;
            control: string | null;
            currency: string;
            days: number;
            effects: components["schemas"]["EffectRow"][];
            /** @enum {string} */
            evidence: "measured" | "estimated" | "attributed";
            /** Format: date */
            first_entry: string;
            groups: components["schemas"]["GroupRow"][];
            id: string;
            in_several_groups: number;
            known_cost_share: number | null;
            /** Format: date */
            last_entry: string;
            name: string;
            orders_until: string | null;
            people: number;
            still_watched: number;
            warnings: components["schemas"]["Text"][];
        };
        TrialsAnswer: {
            trials: components["schemas"]["zhanggui__understand__customers__trials__desk__TrialRow"][];
        };
        TryMap: {
            document: {
                [key: string]: unknown;
            };
            source_table?: string | null;
            /** @default false */
            whole: boolean;
        };
        TunedRow: {
            category: string;
            fractile: number | null;
            gain: number;
            standard_errors: number;
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
        Undone: {
            changed: boolean;
            merge: components["schemas"]["MergeRow"];
            still_one: boolean;
            still_tied_by: string[];
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
        UntoldRow: {
            name: string;
            on_hand: number;
            sku: string;
            value: number | null;
        };
        UploadTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "upload";
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        UploadsNextData: {
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
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
        WantedLink: {
            /** @default  */
            ad_group: string;
            /** @default  */
            campaign: string;
            channel: string;
            /** @default  */
            click_id: string;
            /** @default  */
            code: string;
            /** @default  */
            creative: string;
            /** @default  */
            group: string;
            /** @default  */
            live: string;
            /** @default  */
            note: string;
            /** @default  */
            remark: string;
            /** @default  */
            source: string;
            target: string;
        };
        WarnedRow: {
            available: number;
            empty_chance: number;
            lead_days: number;
            name: string;
            position: number;
            sku: string;
            stock_lasts_days: number | null;
        };
        WaterfallData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /** @default false */
            is_all_clear: boolean;
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
            refresh_seconds?: number | null;
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        WeekRow: {
            expected: number | null;
            /** Format: date */
            first_day: string;
            sold: number | null;
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
        zhanggui__understand__customers__lifecycle_desk__LifecycleAnswer: {
            accounts: number;
            activation_rate: number | null;
            /** Format: date */
            as_of: string;
            churn_days: number;
            churn_rate: number | null;
            churn_warning: components["schemas"]["zhanggui__understand__customers__lifecycle_desk__Warned"][];
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
        zhanggui__understand__customers__lifecycle_desk__Warned: {
            customer: string;
            days_since: number;
            /** Format: date */
            entered_on: string;
            /** Format: date */
            last_day: string;
            net_revenue: number;
        };
        zhanggui__understand__customers__rfm_desk__Moved: {
            after: string;
            before: string | null;
            customers: number;
        };
        zhanggui__understand__customers__trials__desk__TrialRow: {
            /** Format: date */
            first_entry: string;
            groups: string[];
            has_orders: boolean;
            id: string;
            /** Format: date */
            last_entry: string;
            name: string;
            people: number;
            visitors: number;
        };
        zhanggui__understand__inventory__answer_rows__Moved: {
            issued: number;
            reason: string;
            received: number;
        };
        zhanggui__understand__inventory__forecast_answer__TrialRow: {
            category: string | null;
            forecast: components["schemas"]["AccuracyShown"];
            model: string;
            model_name: components["schemas"]["Text"];
            naive: components["schemas"]["AccuracyShown"];
            skus: number;
        };
        zhanggui__understand__inventory__replenish_answer__Warned: {
            days: number;
            empty: number;
            precision: number | null;
            recall: number | null;
            right: number;
            warned: number;
        };
        zhanggui__understand__products__lifecycle__CartRow: {
            before: number;
            cause: string;
            cause_label: components["schemas"]["Text"];
            check: components["schemas"]["Text"];
            now: number;
            product_id: string;
            q_value: number;
            search_before: number | null;
            search_now: number | null;
            store: string;
            title: string;
        };
        zhanggui__understand__products__lifecycle__LifecycleAnswer: {
            back_test: components["schemas"]["BackTestRow"] | null;
            cart_falls: components["schemas"]["zhanggui__understand__products__lifecycle__CartRow"][];
            currency: string;
            /** Format: date */
            date_from: string;
            /** Format: date */
            date_to: string;
            forecast_reason: components["schemas"]["Text"] | null;
            hit_rule: components["schemas"]["Text"];
            hit_units: number | null;
            hits: components["schemas"]["Hits"] | null;
            marks: number[];
            moving: components["schemas"]["MovingRow"] | null;
            new_products: components["schemas"]["NewRow"][];
            price_bands: components["schemas"]["BandRow"][];
            price_response: components["schemas"]["ElasticityRow"][];
            sold_out: components["schemas"]["SoldOutRow"][];
            sold_out_by_size: components["schemas"]["SoldOutRow"][];
            warnings: components["schemas"]["Text"][];
        };
        zhanggui__understand__traffic__funnel_answer__CartRow: {
            abandoned: number;
            bought_at_once: number;
            bought_later: number;
            people: number;
            rate: number | null;
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
